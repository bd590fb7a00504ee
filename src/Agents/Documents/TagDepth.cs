using System.Text.RegularExpressions;

namespace Orkestron.Agents.Documents;

/// <summary>
/// Counts how many tags stand open in HTML before it is parsed: for each tag a parser looks through all that are open, so
/// that thousands of open tags cost minutes.
/// </summary>
internal static partial class TagDepth
{
    private const int MaxOpen = 1_000;

    // These close by themselves or have no content.
    private static readonly HashSet<string> NotCounted = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "br", "img", "hr", "input", "meta",
        "link", "col", "wbr", "source", "base", "area", "embed", "track", "param",
    };

    public static void MustBeShallow(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups[2].Value;
            var count = open.GetValueOrDefault(name);
            var step = NotCounted.Contains(name) ? 0 : tag.Groups[1].Length == 0 ? 1 : count > 0 ? -1 : 0;
            open[name] = count + step;
            depth += step;
            if (depth > MaxOpen)
            {
                throw DocumentFault.Of("too_deep", $"The HTML document has more than {MaxOpen:N0} tags open at once.");
            }
        }
    }

    [GeneratedRegex("<(/?)([A-Za-z][A-Za-z0-9]{0,20})", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
