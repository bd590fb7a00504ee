using System.Text.RegularExpressions;

namespace Orkestron.Architecture.Tests;

/// <summary>How wide the lines of a file are. A long text counts as <see cref="TextCounts"/> characters, and the lines of a raw
/// text over several lines count nothing: sentences and test data stay whole, so that a search finds them.</summary>
internal static partial class CodeWidth
{
    public const int TextCounts = 40;
    private const string RawQuotes = "\"\"\"";

    /// <summary>The limit that .editorconfig sets for all files, in characters.</summary>
    public static int Limit { get; } = int.Parse(
        Setting().Match(string.Join('\n', SourceTree.Lines(".editorconfig"))).Groups[1].ValueSpan,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Number, width and text of each line that is wider than <paramref name="limit"/>.</summary>
    public static IEnumerable<(int Number, int Width, string Line)> Wider(IEnumerable<string> lines, int limit)
    {
        var inRawText = false;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var within = inRawText;
            inRawText ^= line.Split(RawQuotes).Length % 2 == 0;
            if (!within && Width(line) is var width && width > limit)
            {
                yield return (number, width, line);
            }
        }
    }

    private static int Width(string line) =>
        line.Length - Text().Matches(line).Sum(static text => Math.Max(0, text.Length - TextCounts));

    [GeneratedRegex("""(?<=^\[\*\]\n(?:.+\n)*)max_line_length = (\d+)""", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(""""
        """.+?"""|"(?:[^"\\]|\\.)*"
        """")]
    private static partial Regex Text();
}
