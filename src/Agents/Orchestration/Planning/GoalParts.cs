using System.Text.RegularExpressions;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>Cuts a goal into the things to do, in order. Pure.</summary>
internal static partial class GoalParts
{
    public const int MaxParts = 8;

    /// <summary>The parts; the whole goal when it is one.</summary>
    public static IReadOnlyList<string> Of(string goal) =>
    [
        .. Between().Split(goal)
            .Select(static part => part.Trim(' ', '\t', '\r', '\n', ',', '.', ';', ':', '-'))
            .Where(static part => part.Count(char.IsLetter) >= 3)
            .Take(MaxParts),
    ];

    [GeneratedRegex(@"(?:,?\s*\b(?:and\s+)?(?:then|afterwards|after\s+that|finally)\b,?)|[;\n]|(?<=[.!?])\s+|,\s*and\s+|\s+and\s+(?=(?:extract|find|list|summari[sz]e|translate|classify|check|convert|rank|answer|run|write|tell|show|compute|calculate|analy[sz]e|search|label|sort)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
