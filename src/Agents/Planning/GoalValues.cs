using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orkestron.Agents.Plans.Checking;

namespace Orkestron.Agents.Planning;

/// <summary>Values that the goal's words give to an input: "in 3 sentences", "from HTML to Markdown", "as praise or complaint".
/// Pure.</summary>
internal static partial class GoalValues
{
    /// <summary>The default labels, used and reported as an assumption when the goal names none.</summary>
    public static readonly string[] UsualLabels = ["positive", "neutral", "negative"];

    private const int MaxLabels = 20;

    /// <summary>The value that a part's words give to a member of an input, or null.</summary>
    /// <param name="part">The part's words.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="needed">Its schema.</param>
    public static JsonNode? Of(string part, string name, Schema needed)
    {
        if (needed.Types().HasFlag(JsonTypes.Integer) && !needed.Types().HasFlag(JsonTypes.String))
        {
            var names = GoalWords.Of(DataBinding.Spoken(name)).Concat(GoalWords.Of(Text(needed, "title"))).ToArray();
            foreach (var (number, noun, _) in GoalWords.Counts(part))
            {
                if (names.Any(word => GoalWords.Alike(word, noun) || Same(word, noun)) && Within(number, needed))
                {
                    return number;
                }
            }
        }

        return needed.Word("enum") is { ValueKind: JsonValueKind.Array } choices ? Choice(part, name, choices) : null;
    }

    /// <summary>The labels that a part names: "classify as praise, complaint or question".</summary>
    public static IReadOnlyList<string> Labels(string part)
    {
        if (Into().Match(part) is not { Success: true } match)
        {
            return [];
        }

        var labels = Or().Split(match.Groups["labels"].Value).Select(static label => label.Trim(' ', '"', '\'', '.')).ToArray();
        return labels.Length is >= 2 and <= MaxLabels && labels.All(static label => label.Length is > 0 and <= 100) ? labels : [];
    }

    private static JsonNode? Choice(string part, string name, JsonElement choices)
    {
        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.ValueKind == JsonValueKind.String && Regex.IsMatch(
                part,
                $@"\b(?:{Regex.Escape(name)}{(name == "to" ? "|into|as" : "")})\s+(?:an?\s+|the\s+|plain\s+)?{Regex.Escape(choice.GetString()!)}\b",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1)))
            {
                return choice.GetString();
            }
        }

        return null;
    }

    // "10 keywords" and an input called maxKeyphrases.
    private static bool Same(string word, string noun) =>
        GoalWords.Stem(word) is "keyphrase" or "keyword" && GoalWords.Stem(noun) is "keyphrase" or "keyword" or "term";

    private static bool Within(int number, Schema needed) =>
        (needed.Word("minimum") is not { ValueKind: JsonValueKind.Number } least || number >= least.GetDouble())
        && (needed.Word("maximum") is not { ValueKind: JsonValueKind.Number } most || number <= most.GetDouble());

    private static string Text(Schema schema, string keyword) =>
        schema.Word(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    [GeneratedRegex(@"\b(?:as|into|in|between)\s+(?:either\s+)?(?:the\s+(?:labels|classes|categories)\s*:?\s*)?(?<labels>[^.;:]{3,400})$|:\s*(?<labels>[^.;:]{3,400})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Into();

    [GeneratedRegex(@"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+|\s*/\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Or();
}
