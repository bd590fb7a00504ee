using System.Text.RegularExpressions;

namespace Orkestron.Agents.Facts;

/// <summary>
/// Numbers and negations of a sentence. Embeddings hardly tell "12 million" from "20 million" or "is" from "is not":
/// what they pass must also agree in these.
/// </summary>
internal static partial class Figures
{
    private static readonly string[] Words =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];

    /// <summary>The first number of the claim that the passage does not have, or null.</summary>
    public static string? Missing(string claim, string passage)
    {
        var there = Numbers(passage);
        return Numbers(claim).FirstOrDefault(number => !there.Contains(number));
    }

    /// <summary>Whether one of the two denies and the other does not.</summary>
    public static bool NegatedOtherwise(string claim, string passage) =>
        Negation().Count(claim) % 2 != Negation().Count(passage) % 2;

    private static HashSet<string> Numbers(string text)
    {
        var numbers = Number().Matches(text)
            .Select(static m => m.Value.Replace(",", "", StringComparison.Ordinal).TrimStart('0') is { Length: > 0 } n ? n : "0")
            .ToHashSet(StringComparer.Ordinal);
        foreach (Match word in Word().Matches(text))
        {
            var value = Array.FindIndex(Words, w => w.Equals(word.Value, StringComparison.OrdinalIgnoreCase));
            if (value >= 2)
            {
                numbers.Add(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return numbers;
    }

    [GeneratedRegex(@"[0-9]+(,[0-9]{3})*(\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['\u2019]t\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Negation();
}
