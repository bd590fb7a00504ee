namespace Orkestron.Agents.Common;

/// <summary>A sentence where it stands in its text.</summary>
/// <param name="Text">The sentence, trimmed, as it is written.</param>
/// <param name="Offset">Where it begins, in UTF-16 code units.</param>
internal readonly record struct Sentence(string Text, int Offset);

/// <summary>Cuts text into sentences at end marks, blank lines and list items; common abbreviations do not end one.</summary>
internal static class SentenceSplitter
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "z.b", "bzw", "ca", "nr", "no", "fig",
        "inc", "ltd", "co", "jr", "sr", "u.s", "approx", "vol", "pp",
    };

    public static List<Sentence> Split(string text)
    {
        var found = new List<Sentence>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsLineBreak(text, i))
            {
                Add(found, text, start, i);
                start = i + 1;
            }
            else if (IsEnd(text, start, ref i))
            {
                Add(found, text, start, i + 1);
                start = i + 1;
            }
        }

        Add(found, text, start, text.Length);
        return found;
    }

    // A single line break inside a paragraph is only wrapping; before a blank line, a list item or a heading it ends.
    private static bool IsLineBreak(string text, int i)
    {
        if (text[i] != '\n')
        {
            return false;
        }

        var next = i + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r')
        {
            next++;
        }

        return next >= text.Length || text[next] is '\n' or '-' or '*' or '#' or '\u2022';
    }

    private static bool IsEnd(string text, int start, ref int i)
    {
        var mark = text[i];
        if (mark is '\u3002' or '\uFF01' or '\uFF1F')
        {
            return true;
        }

        if (mark is not ('.' or '!' or '?') || (mark == '.' && EndsInAbbreviation(text, start, i)))
        {
            return false;
        }

        var last = i;
        while (last + 1 < text.Length && text[last + 1] is '.' or '!' or '?' or '"' or '\'' or ')' or '\u201D' or '\u2019')
        {
            last++;
        }

        if (last + 1 < text.Length && !char.IsWhiteSpace(text[last + 1]))
        {
            return false;
        }

        i = last;
        return true;
    }

    private static bool EndsInAbbreviation(string text, int start, int dot)
    {
        var begin = dot;
        while (begin > start && (char.IsLetter(text[begin - 1]) || text[begin - 1] == '.') && dot - begin < 8)
        {
            begin--;
        }

        var word = text[begin..dot];
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsUpper(word[0]));
    }

    private static void Add(List<Sentence> found, string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        if (text.AsSpan(from, to - from).ContainsAnyLetterOrDigit())
        {
            found.Add(new Sentence(text[from..to], from));
        }
    }

    private static bool ContainsAnyLetterOrDigit(this ReadOnlySpan<char> span)
    {
        foreach (var c in span)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                return true;
            }
        }

        return false;
    }
}
