using System.Globalization;
using System.Text;

namespace Orkestron.Agents.Keywords;

/// <summary>Which characters make a word, and one form of it however its accents are written.</summary>
internal static class WordShapes
{
    private const char SoftHyphen = '\u00AD';

    // Letters with each mark, base and composed by turns. The runtime's own tables of this are left out of the platform.
    private static readonly Dictionary<(char Letter, char Mark), char> Composed = Read(
        ('\u0300', "A\u00C0E\u00C8I\u00CCO\u00D2U\u00D9a\u00E0e\u00E8i\u00ECo\u00F2u\u00F9N\u01F8n\u01F9"),
        ('\u0301', "A\u00C1E\u00C9I\u00CDO\u00D3U\u00DAY\u00DDa\u00E1e\u00E9i\u00EDo\u00F3u\u00FAy\u00FDC\u0106c\u0107L\u0139l\u013AN\u0143n\u0144R\u0154r\u0155S\u015As\u015BZ\u0179z\u017A"),
        ('\u0302', "A\u00C2E\u00CAI\u00CEO\u00D4U\u00DBa\u00E2e\u00EAi\u00EEo\u00F4u\u00FBC\u0108c\u0109G\u011Cg\u011DH\u0124h\u0125J\u0134j\u0135S\u015Cs\u015DW\u0174w\u0175Y\u0176y\u0177"),
        ('\u0303', "A\u00C3N\u00D1O\u00D5a\u00E3n\u00F1o\u00F5I\u0128i\u0129U\u0168u\u0169"),
        ('\u0304', "A\u0100a\u0101E\u0112e\u0113I\u012Ai\u012BO\u014Co\u014DU\u016Au\u016B"),
        ('\u0306', "A\u0102a\u0103E\u0114e\u0115G\u011Eg\u011FI\u012Ci\u012DO\u014Eo\u014FU\u016Cu\u016D"),
        ('\u0307', "C\u010Ac\u010BE\u0116e\u0117G\u0120g\u0121I\u0130Z\u017Bz\u017C"),
        ('\u0308', "A\u00C4E\u00CBI\u00CFO\u00D6U\u00DCa\u00E4e\u00EBi\u00EFo\u00F6u\u00FCy\u00FFY\u0178"),
        ('\u030A', "A\u00C5a\u00E5U\u016Eu\u016F"),
        ('\u030B', "O\u0150o\u0151U\u0170u\u0171"),
        ('\u030C', "C\u010Cc\u010DD\u010Ed\u010FE\u011Ae\u011BN\u0147n\u0148R\u0158r\u0159S\u0160s\u0161T\u0164t\u0165Z\u017Dz\u017E"),
        ('\u0327', "C\u00C7c\u00E7S\u015Es\u015FT\u0162t\u0163"),
        ('\u0328', "A\u0104a\u0105E\u0118e\u0119I\u012Ei\u012FU\u0172u\u0173"));

    /// <summary>Whether a character belongs to the word that it stands in: marks, soft hyphens and joiners do.</summary>
    public static bool IsInside(char c) => c is SoftHyphen or '\u200C' or '\u200D'
        || CharUnicodeInfo.GetUnicodeCategory(
            c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>The word without hyphens that are not shown, each letter with its mark as one character where there is one.</summary>
    public static string One(string word)
    {
        if (!word.Any(IsInside))
        {
            return word;
        }

        var one = new StringBuilder(word.Length);
        foreach (var c in word.Where(static c => c != SoftHyphen))
        {
            if (one.Length > 0 && Composed.TryGetValue((one[^1], c), out var letter))
            {
                one[^1] = letter;
            }
            else
            {
                one.Append(c);
            }
        }

        return one.ToString();
    }

    private static Dictionary<(char, char), char> Read(params ReadOnlySpan<(char Mark, string Letters)> table)
    {
        var composed = new Dictionary<(char, char), char>();
        foreach (var (mark, letters) in table)
        {
            for (var i = 0; i + 1 < letters.Length; i += 2)
            {
                composed[(letters[i], mark)] = letters[i + 1];
            }
        }

        return composed;
    }
}
