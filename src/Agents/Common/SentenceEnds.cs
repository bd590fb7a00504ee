using System.Globalization;

namespace Orkestron.Agents.Common;

/// <summary>Whether a mark ends a sentence.</summary>
internal static class SentenceEnds
{
    private const int MaxWord = 12;

    // Ends wherever it stands, with or without a space after it.
    private const string Full = "\u3002\uFF01\uFF1F\uFF61\u061F\u06D4\u0964\u0965\u0589\u1362\u1367\u17D4\u104B\u203C\u2047\u2048\u2049";

    // What closes a quotation or a bracket belongs to the sentence before it.
    private const string Closing = "\"')]}\u201D\u2019\u00BB\u203A\u300D\u300F\uFF09\u3011\u300B\u3009\uFF02";

    // What stands before a name or goes on.
    private static readonly HashSet<string> Always = Set(
        "mr mrs ms dr prof st vs e.g i.e z.b d.h u.a bzw ca approx cf sen rep gov gen capt col lt sgt rev hon pres mt bspw sog vgl ggf evtl inkl exkl zzgl hr fr frl mme mlle");

    // Abbreviations before a number; "no." is a word elsewhere.
    private static readonly HashSet<string> BeforeNumber = Set(
        "no nos nr fig figs abb tab vol pp p s sec art eq ch kap abs op jan feb mar apr jun jul aug sep sept oct okt nov dec dez tel");

    // These may end a sentence too: they do before a word that begins one.
    private static readonly HashSet<string> Perhaps = Set("etc inc ltd co corp jr sr usw al dept est bros a.m p.m");

    private static readonly HashSet<string> Starters = Set(
        "the a an he she it they we you this that these those there then in on at but and however when while after before if as for to "
        + "his her their our my its no yes so what who why how where all some many most one two der die das er sie es ein eine wir ich im am und aber dann doch le la les il elle el los las");

    private static readonly HashSet<string> Ordinals = Set(
        "januar februar m\u00E4rz april mai juni juli august september oktober november dezember jan feb okt dez jahrhundert jahrtausend jh klasse weltkrieg "
        + "bundesliga liga auflage stock etage platz mal tag tage woche monat quartal halbjahr lebensjahr geburtstag kapitel teil runde januars j\u00E4nner");

    /// <summary>Whether sentences of the text begin with capitals: then a small letter goes on with one.</summary>
    public static bool IsCased(string text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1]) && char.IsUpper(text[i + 2]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a sentence ends here; then the place moves behind all that belongs to the end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the sentence begins, with no blank.</param>
    /// <param name="i">The place.</param>
    /// <param name="lines">Where items of lists begin.</param>
    /// <param name="cased">Whether sentences of the text begin with capitals.</param>
    public static bool IsEnd(string text, int start, ref int i, ListLines lines, bool cased)
    {
        var mark = text[i];
        var full = Full.Contains(mark, StringComparison.Ordinal);
        if (!full && mark is not ('.' or '!' or '?' or '\u2026'))
        {
            return false;
        }

        var last = i;
        while (last + 1 < text.Length && (text[last + 1] is '.' or '!' or '?' || Full.Contains(text[last + 1], StringComparison.Ordinal)))
        {
            last++;
        }

        var dots = last > i || mark == '\u2026';
        while (last + 1 < text.Length && Closing.Contains(text[last + 1], StringComparison.Ordinal))
        {
            last++;
        }

        if (!full && last + 1 < text.Length && !char.IsWhiteSpace(text[last + 1]))
        {
            return false;
        }

        var next = last + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (mark is '.' or '\u2026' && next < text.Length
            && (GoesOn(text, next, last, cased) || (!dots && last == i && IsSuppressed(text, start, i, next, lines))))
        {
            return false;
        }

        i = last;
        return true;
    }

    // A small letter goes on, unless the whole text is written small; not on another paragraph.
    private static bool GoesOn(string text, int next, int last, bool cased) =>
        cased && char.IsLower(text[next]) && text.AsSpan(last + 1, next - last - 1).Count('\n') < 2;

    private static bool IsSuppressed(string text, int start, int dot, int next, ListLines lines)
    {
        if (lines.IsMark(start, dot))
        {
            return true;
        }

        var begin = dot;
        while (begin > start && dot - begin < MaxWord && (IsWordPart(text[begin - 1]) || text[begin - 1] == '.'))
        {
            begin--;
        }

        var word = text[begin..dot];
        var following = Following(text, next);
        if (word.Length > 0 && word.All(char.IsAsciiDigit))
        {
            return word.Length <= 3 && (Ordinals.Contains(following) || IsDay(text, word, next) || IsMonth(text, begin, word, following));
        }

        if (Always.Contains(word))
        {
            return true;
        }

        return BeforeNumber.Contains(word) ? char.IsAsciiDigit(text[next])
            : (Perhaps.Contains(word) || (word.Length == 1 && char.IsUpper(word[0])) || word.Contains('.', StringComparison.Ordinal))
            && !Starters.Contains(following);
    }

    // "3. 10. 2026"
    private static bool IsDay(string text, string word, int next)
    {
        var end = next;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return word.Length <= 2 && end - next is 1 or 2 && end < text.Length && text[end] == '.';
    }

    // The second of these, before its year.
    private static bool IsMonth(string text, int begin, string word, string following) =>
        word.Length <= 2 && begin > 2 && text[begin - 1] == ' ' && text[begin - 2] == '.' && char.IsAsciiDigit(text[begin - 3])
        && following.Length == 4 && following.All(char.IsAsciiDigit);

    private static bool IsWordPart(char c) =>
        char.IsLetterOrDigit(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Following(string text, int next)
    {
        var end = next;
        while (end < text.Length && IsWordPart(text[end]) && end - next < 20)
        {
            end++;
        }

        return text[next..end];
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
