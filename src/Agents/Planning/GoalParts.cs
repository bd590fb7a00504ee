using System.Text.RegularExpressions;

namespace Orkestron.Agents.Planning;

/// <summary>A thing to do.</summary>
/// <param name="Text">In the goal's words.</param>
/// <param name="Then">Whether the goal says that it comes after what stands before it.</param>
internal sealed record GoalPart(string Text, bool Then);

/// <summary>Cuts a goal into the things to do, in order. None is dropped. Pure.</summary>
internal static partial class GoalParts
{
    private const string Verbs =
        "extract|find|list|summari[sz]e|translate|classify|check|convert|rank|answer|run|write|tell|show|compute|calculate|analy[sz]e"
        + "|search|label|sort|count|group|compare|describe|detect|identify|shorten|condense|rewrite|format|turn|make|send|e-?mail|publish"
        + "|plot|draw|chart|filter|clean|remove|merge|split|save|export|verify|tag|categori[sz]e|draft|review|explain|highlight|generate"
        + "|create|give|get|fetch|download|upload|post|validate|redact|transcribe|proofread|paraphrase|quote";

    /// <summary>The parts; the whole goal when it is one.</summary>
    /// <param name="goal">In the user's words.</param>
    /// <param name="isTask">Whether a few words without a verb ("keywords") name a thing to do; null for never.</param>
    public static IReadOnlyList<GoalPart> Of(string goal, Func<string, bool>? isTask = null)
    {
        var parts = new List<GoalPart>();
        var (from, then) = (0, false);
        foreach (var between in Between().Matches(goal).Concat(Listed().Matches(goal).Where(Names)).OrderBy(static match => match.Index))
        {
            if (between.Index < from)
            {
                continue;
            }

            Add(between.Index);
            from = between.Index + between.Length;
            then |= Order().IsMatch(between.Value);
        }

        Add(goal.Length);
        return parts;

        // What stands between this mark and the next one.
        bool Names(Match mark)
        {
            var end = Listed().Match(goal, mark.Index + mark.Length) is { Success: true } next ? next.Index : goal.Length;
            var stop = Between().Match(goal, mark.Index + mark.Length) is { Success: true } strong ? strong.Index : goal.Length;
            return isTask?.Invoke(goal[(mark.Index + mark.Length)..Math.Min(end, stop)]) == true;
        }

        void Add(int end)
        {
            var text = goal[from..end].Trim(' ', '\t', '\r', '\n', ',', '.', ';', ':', '-');
            if (text.Count(char.IsLetter) >= 3)
            {
                parts.Add(new GoalPart(text, then && parts.Count > 0));
                then = false;
            }
        }
    }

    [GeneratedRegex(@"(?:,?\s*\b(?:and\s+)?(?:then|afterwards|after\s+that|finally)\b,?)|[;\n]|(?<=[.!?])\s+|,\s*and\s+|(?:,|\s+and|\s+as\s+well\s+as)\s+(?=(?:also\s+)?(?:" + Verbs + @")\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@",\s*(?:and\s+|plus\s+)?|\s+(?:and|plus|as\s+well\s+as)\s+|\s*[&+]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b(?:then|afterwards|after|finally)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Order();
}
