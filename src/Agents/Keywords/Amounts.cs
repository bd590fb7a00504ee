using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestron.Agents.Keywords;

/// <summary>Finds amounts of money and percentages, each whole: with its sign, its groups of digits and its scale, or not at all.</summary>
internal static class Amounts
{
    // Groups by blanks or apostrophes, or digits with points and commas.
    private const string Number = "(?:[0-9]{1,3}(?:[ \u00A0\u202F\u2009'\u2019][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9][0-9.,]*)";

    private const string Codes =
        "(?:EUR|USD|GBP|CHF|JPY|AUD|CAD|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|ZAR|TRY|KRW|NZD|SGD|HKD|MXN|RUB|UAH|RON|BGN|ILS|AED|THB)";

    private const string Words =
        "(?:euros?|Euros?|cents?|Cents?|dollars?|Dollars?|pounds?|francs?|Franken|Dollar|Pfund|yen|Yen|rupees?|yuan|crowns?|Kronen|percent|per cent|Prozent)";

    private const string Scale =
        "(?:[ \u00A0]?(?:thousand|million|billion|trillion|Tausend|Millionen|Million|Milliarden|Milliarde|Mio\\.?|Mrd\\.?|Tsd\\.?|mn|bn|tn|Mn|Bn)|[kKmMB])";

    private const string Sign = "[-+\u2212]?";

    private static readonly Regex Pattern = new(
        $"(?:\\b[A-Z]{{1,3}})?\\p{{Sc}}[ \u00A0]?{Sign}{Number}{Scale}?|\\b{Codes}[ \u00A0]?{Sign}{Number}{Scale}?"
        + $"|\\b{Number}(?:[ ]?[-\u2013][ ]?{Number})?(?:{Scale}?[ \u00A0]?(?:[\\p{{Sc}}%]|{Codes}\\b|{Words}\\b)|{Scale})",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The amounts by their places, in order.</summary>
    public static IEnumerable<(int Offset, int Length)> Find(string text)
    {
        // Spans do not live across a yield.
        var found = new List<(int, int)>();
        foreach (var match in Pattern.EnumerateMatches(text))
        {
            var (from, to) = (match.Index, match.Index + match.Length);
            while (to > from && text[to - 1] is ',' || (to > from && text[to - 1] == '.' && !EndsInAbbreviation(text, to)))
            {
                to--;
            }

            from -= from > 0 && text[from - 1] is '-' or '+' or '\u2212' && (from < 2 || !IsJoined(text[from - 2])) ? 1 : 0;
            if (IsWhole(text, from, to))
            {
                found.Add((from, to - from));
            }
        }

        return found;
    }

    // Neither a part of a longer number or word, nor one with more digits to come.
    private static bool IsWhole(string text, int from, int to) =>
        !(to < text.Length && (IsJoined(text[to])
            || (text[to] is '.' or ',' or '\'' or '\u2019' && to + 1 < text.Length && char.IsAsciiDigit(
            text[to + 1]))))
        && !(from > 0 && (IsJoined(text[from - 1]) || (text[from - 1] is '.' or ',' or '\'' or '\u2019' && from > 1 && char.IsAsciiDigit(
            text[from - 2]))))
        && !(to < text.Length - 3 && char.IsAsciiDigit(text[to - 1]) && text[to] is '\u00A0' or '\u202F' && char.IsAsciiDigit(
            text[to + 1]));

    private static bool IsJoined(char c) =>
        char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static bool EndsInAbbreviation(string text, int to) =>
        to >= 4 && text.AsSpan(to - 4, 4) is "Mio." or "Mrd." or "Tsd.";
}
