using System.Globalization;

namespace Orkestron.Workflow;

/// <summary>
/// The places in an agent's code that a run has asked for, told when it ends: what is recorded and was not asked for again
/// shows that the code is not what it was. As text: for each branch the first place that it did not ask for, parted by
/// spaces, with a <c>+</c> behind it where the branch had not run to its end. <c>3 2.0.1</c> says that the code asked for
/// 0, 1 and 2, and that the first branch of 2 asked for one thing. Empty when nothing was asked for.
/// </summary>
public sealed class CommandTrace
{
    /// <summary>The longest text, in characters; a run that would need more tells nothing and is not checked.</summary>
    public const int MaxLength = 32_768;

    private readonly Dictionary<string, (int Next, bool Open)> _branches = new(StringComparer.Ordinal);

    private CommandTrace()
    {
    }

    /// <summary>Reads the text; null when it is none, or too long.</summary>
    public static CommandTrace? Parse(string? text)
    {
        if (text is not { Length: <= MaxLength })
        {
            return null;
        }

        var asked = new CommandTrace();
        foreach (var entry in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var open = entry.EndsWith('+');
            var place = open ? entry[..^1] : entry;
            if (Split(place) is not var (prefix, next) || !asked._branches.TryAdd(prefix, (next, open)))
            {
                return null;
            }
        }

        return asked;
    }

    /// <summary>
    /// Whether the run went past a place without asking for it. What lies in a branch that had not run to its end may still
    /// have been asked for, and is not lacking; neither is a value recorded under a name.
    /// </summary>
    public bool IsMissing(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        const string Winner = ".winner";
        var at = place.EndsWith(Winner, StringComparison.Ordinal) ? place[..^Winner.Length] : place;
        if (Split(at) is not var (prefix, number))
        {
            return false;
        }

        if (_branches.TryGetValue(prefix, out var branch) && number < branch.Next)
        {
            return false;
        }

        for (var end = prefix.Length; end >= 0; end = end == 0 ? -1 : prefix.LastIndexOf('.', Math.Max(end - 2, 0)) + 1)
        {
            if (_branches.TryGetValue(prefix[..end], out var above) && above.Open)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A place as the branch that it lies in, empty or with a dot at its end, and its number there.</summary>
    private static (string Prefix, int Number)? Split(string place)
    {
        var dot = place.LastIndexOf('.') + 1;
        return int.TryParse(place.AsSpan(dot), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (place[..dot], number)
            : null;
    }
}
