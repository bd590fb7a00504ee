using System.Text.RegularExpressions;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>A thing to do.</summary>
/// <param name="Text">In the goal's words.</param>
/// <param name="Then">Whether the goal says that it comes after what stands before it.</param>
internal sealed record GoalPart(string Text, bool Then);

/// <summary>Cuts a goal into the things to do, in order. Pure.</summary>
internal static partial class GoalParts
{
    public const int MaxParts = 8;

    /// <summary>The parts; the whole goal when it is one.</summary>
    public static IReadOnlyList<GoalPart> Of(string goal)
    {
        var parts = new List<GoalPart>();
        var (from, then) = (0, false);
        foreach (var between in Between().Matches(goal).Select(static match => (match.Index, match.Length, match.Value)))
        {
            Add(between.Index);
            from = between.Index + between.Length;
            then |= Order().IsMatch(between.Value);
        }

        Add(goal.Length);
        return parts;

        void Add(int end)
        {
            var text = goal[from..end].Trim(' ', '\t', '\r', '\n', ',', '.', ';', ':', '-');
            if (text.Count(char.IsLetter) >= 3 && parts.Count < MaxParts)
            {
                parts.Add(new GoalPart(text, then && parts.Count > 0));
                then = false;
            }
        }
    }

    [GeneratedRegex(@"(?:,?\s*\b(?:and\s+)?(?:then|afterwards|after\s+that|finally)\b,?)|[;\n]|(?<=[.!?])\s+|,\s*and\s+|\s+and\s+(?=(?:extract|find|list|summari[sz]e|translate|classify|check|convert|rank|answer|run|write|tell|show|compute|calculate|analy[sz]e|search|label|sort)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:then|afterwards|after|finally)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Order();
}
