namespace Orkestron.Agents.Common;

/// <summary>A sentence where it stands in its text.</summary>
/// <param name="Text">The sentence, trimmed, as it is written.</param>
/// <param name="Offset">Where it begins, in UTF-16 code units.</param>
internal readonly record struct Sentence(string Text, int Offset);

/// <summary>
/// Cuts text into sentences by the rules of Unicode (UAX #29) with suppressions: an abbreviation, a number of a list, an ordinal
/// or an initial does not end one. Blank lines, headings and list items do.
/// </summary>
internal static class SentenceSplitter
{
    public static List<Sentence> Split(string text)
    {
        var found = new List<Sentence>();
        var lines = new ListLines(text);
        var cased = SentenceEnds.IsCased(text);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Blanks before a sentence are passed once: each mark in it looks back to its beginning.
            if (i == start && char.IsWhiteSpace(text[i]))
            {
                start++;
            }
            else if (IsLineBreak(text, start, i, lines))
            {
                Add(found, text, start, i);
                start = i + 1;
            }
            else if (SentenceEnds.IsEnd(text, start, ref i, lines, cased))
            {
                Add(found, text, start, i + 1);
                start = i + 1;
            }
        }

        Add(found, text, start, text.Length);
        return found;
    }

    // A single line break inside a paragraph is only wrapping; after a heading, before a blank line, a list item or a heading it ends.
    private static bool IsLineBreak(string text, int start, int i, ListLines lines)
    {
        if (text[i] == '\u2029')
        {
            return true;
        }

        if (text[i] != '\n')
        {
            return false;
        }

        var next = i + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r')
        {
            next++;
        }

        return next >= text.Length || text[next] is '\n' or '*' or '#' or '\u2022' || lines.Begins(next) || text[start] == '#'
            || (text[next] == '-' && (next + 1 >= text.Length || !char.IsAsciiDigit(text[next + 1])));
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
