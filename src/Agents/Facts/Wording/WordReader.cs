using System.Globalization;
using System.Text;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Facts.Wording;

/// <summary>
/// Reads a statement as words, numbers and marks, in the same form whichever way they were written: "12 million" and
/// "12,000,000", "3 May 1931" and "May 3, 1931", "isn't" and "is not". What could mean two things stays as it is written.
/// </summary>
internal static class WordReader
{
    // After these a full stop is no mark of its own.
    private static readonly HashSet<string> Titles =
        new(StringComparer.Ordinal) { "mr", "mrs", "ms", "dr", "prof", "st", "inc", "ltd", "co", "jr", "sr", "vs", "approx" };

    public static IReadOnlyList<Word> Read(string text)
    {
        var words = new List<Word>();
        for (var i = SkipListMark(text); i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || IsIgnored(text[i]))
            {
                i++;
            }
            else
            {
                i = char.IsAsciiDigit(text[i]) && NumberEnd(text, i) is var end && !IsWordPart(text, end)
                    ? AddNumber(words, text, i, end)
                    : IsWordPart(text, i) ? AddWord(words, text, i) : AddPunctuation(words, text, i);
            }
        }

        DropEnd(words);
        return Forms.Settle(words);
    }

    private static bool IsIgnored(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static int SkipListMark(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] is '#' or '-' or '*' or '\u2022')
        {
            i++;
        }

        return i < text.Length && i > 0 && char.IsWhiteSpace(text[i]) ? i : 0;
    }

    private static bool IsWordPart(string text, int i) => i < text.Length
        && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])
            || CharUnicodeInfo.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static int NumberEnd(string text, int i)
    {
        while (i < text.Length && (char.IsAsciiDigit(text[i])
            || (text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))))
        {
            i++;
        }

        return i;
    }

    private static int AddNumber(List<Word> words, string text, int from, int to)
    {
        var raw = text[from..to];
        var grouped = Forms.Grouped().IsMatch(raw) ? raw.Replace(",", "", StringComparison.Ordinal) : raw;
        words.Add(Forms.Plain().IsMatch(grouped)
            && decimal.TryParse(grouped, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? new Word(grouped, raw, value)
            : new Word(raw, raw));
        return to;
    }

    private static int AddWord(List<Word> words, string text, int from)
    {
        var to = from;
        while (to < text.Length && (IsWordPart(text, to) || IsIgnored(text[to])
            || (IsWordPart(text, to + 1) && to > from && IsJoint(text, to))))
        {
            to++;
        }

        // The apostrophe of "the juniors' pay" is part of the word.
        to += to < text.Length && text[to] is '\'' or '\u2019' && text[to - 1] is 's' ? 1 : 0;
        var raw = string.Concat(text[from..to].Where(static c => !IsIgnored(c)))
            .Replace('\u2019', '\'')
            .Replace('\u2010', '-')
            .Replace('\u2011', '-');
        var key = raw.ToLowerInvariant();
        if (key is "cannot" or "can't")
        {
            words.Add(new Word("can", "can"));
            words.Add(new Word("not", "not"));
        }
        else if (key.EndsWith("n't", StringComparison.Ordinal) && key.Length > 4)
        {
            words.Add(
                key == "won't" ? new Word("will", "will") : key == "shan't" ? new Word("shall", "shall") : new Word(key[..^3], raw[..^3]));
            words.Add(new Word("not", "not"));
        }
        else
        {
            words.Add(new Word(key, raw));
        }

        return to;
    }

    private static bool IsJoint(string text, int at) =>
        text[at] is '-' or '\'' or '\u2019' or '\u2010' or '\u2011'
            || (text[at] == '.' && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]));

    private static int AddPunctuation(List<Word> words, string text, int at)
    {
        var last = words.Count > 0 ? words[^1].Key : "";
        if (text[at] == '.' && Titles.Contains(last))
        {
            return at + 1;
        }

        if (text.AsSpan(at).StartsWith("**", StringComparison.Ordinal))
        {
            return at + 2;
        }

        var mark = text[at] switch
        {
            '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' => '"',
            '\u2018' or '\u2019' => '\'',
            '\u2013' or '\u2014' or '\u2212' => '-',
            var other => other,
        };
        words.Add(new Word(mark.ToString(), text[at].ToString()));
        return at + 1;
    }

    // A full stop or an exclamation mark at the end says nothing; a question mark does.
    private static void DropEnd(List<Word> words)
    {
        if (words.Count > 1 && words[^1].Key is "." or "!" && words[^2].Key is not ("." or "!"))
        {
            words.RemoveAt(words.Count - 1);
        }
    }

    /// <summary>The words as one line, for messages; cut when long.</summary>
    public static string Line(IEnumerable<Word> words, int most = 60)
    {
        var line = new StringBuilder();
        foreach (var word in words)
        {
            line.Append(line.Length > 0 && word.Key is not ("," or "." or "'" or ":" or ";") ? " " : "").Append(word.Raw);
            if (line.Length > most)
            {
                return TextCut.Head(line.ToString(), most) + "...";
            }
        }

        return line.ToString();
    }
}
