using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestron.Agents.Planning;

/// <summary>The words of a goal: what they count, and which of them say something. Pure.</summary>
internal static partial class GoalWords
{
    private static readonly string[] Numbers =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];

    // What any goal says of any input.
    private static readonly HashSet<string> Common = new(
        ("a an the this that these those my our your his her its their it them me us i you of for from in into on at to by with and or "
        + "is are be as so all each every any some please also then than which who what when where why how do does can could should "
        + "would will must text document article file page content input data table message given attached following above below "
        + "thing result answer output use using make give get want need only just out up there here not no one more most other about "
        + "e g eg etc very good short quick new me my help let first last finally list whole entire provided "
        + "two three four five six seven eight nine ten eleven twelve show tell check find do make").Split(' '),
        StringComparer.Ordinal);

    public static IEnumerable<string> Of(string text) => Word().Matches(text).Select(static match => match.Value);

    public static bool IsCommon(string word) => Common.Contains(word.ToLowerInvariant()) || Common.Contains(Stem(word));

    /// <summary>A rough stem: singular and plural of a word have the same.</summary>
    public static string Stem(string word)
    {
        var lower = word.ToLowerInvariant();
        return lower.EndsWith("ies", StringComparison.Ordinal) ? $"{lower[..^3]}y" : lower.TrimEnd('s');
    }

    /// <summary>Whether two words are forms of one: "classify" and "classifier".</summary>
    public static bool Alike(string left, string right)
    {
        var (one, other) = (Stem(left), Stem(right));
        var shared = 0;
        while (shared < one.Length && shared < other.Length && one[shared] == other[shared])
        {
            shared++;
        }

        return one == other || (shared >= 5 && shared >= Math.Max(one.Length, other.Length) - 4);
    }

    /// <summary>What is counted: "3 sentences", "ten keywords", with the place of each in the text.</summary>
    public static IEnumerable<(int Number, string Noun, string Phrase)> Counts(string text)
    {
        foreach (Match match in Counted().Matches(text))
        {
            var said = match.Groups["number"].Value;
            var number = int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
                ? digits
                : Array.FindIndex(Numbers, word => word.Equals(said, StringComparison.OrdinalIgnoreCase));
            if (number >= 0)
            {
                yield return (number, match.Groups["noun"].Value, match.Value);
            }
        }
    }

    /// <summary>A form that the answer shall have: "as a Markdown table", "into a PDF".</summary>
    [GeneratedRegex(@"\b(?:as|in|into|to)\s+(?:an?\s+|the\s+)?(?<form>(?:markdown|html|json|csv|yaml|xml|pdf|word|excel|latex|powerpoint|plain|bullet(?:ed)?|numbered)(?:[ -](?:tables?|lists?|points?|files?|documents?|charts?|text|page))?|(?:bar |line |pie )?(?:tables?|charts?|graphs?|diagrams?|spreadsheets?|slides?|bullets?|poem|haiku|tweet|e-?mail))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Form();

    /// <summary>A language that the answer shall have.</summary>
    [GeneratedRegex(@"\b(?:in|into|to)\s+(?<language>English|German|French|Spanish|Italian|Portuguese|Dutch|Polish|Czech|Hungarian|Turkish|Arabic|Hebrew|Russian|Ukrainian|Chinese|Japanese|Korean|Hindi|Greek|Swedish|Danish|Norwegian|Finnish|Latin)\b",
        RegexOptions.CultureInvariant)]
    public static partial Regex Language();

    /// <summary>Words that ask for something to be worked out from rows.</summary>
    [GeneratedRegex(@"\b(?:per|by|for\s+each|group(?:ed)?|sort(?:ed)?|order(?:ed)?|average|mean|median|total|sums?|count|maximum|minimum|highest|lowest|largest|smallest|top|most|least|where|filter(?:ed)?|only|between|since|before|after|more\s+than|less\s+than|greater|fewer|over|under|share|ratio|growth|trend|percent(?:age)?|how\s+many|how\s+much|which)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Calculation();

    [GeneratedRegex(@"\b(?<number>[0-9]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:(?:main|bullet|key|most|important|short|best|top)\s+)*(?<noun>\p{L}{3,})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
