using Orkestron.Agents.Common;

namespace Orkestron.Agents.Facts.Wording;

/// <summary>
/// Reads a source as statements. A sentence that is quoted, stands in a list of myths, follows "it is false that:", or is taken back
/// by its neighbour is not what the source says, however well its words fit.
/// </summary>
internal static class Statements
{
    // So many sentences before and after one are read for words of doubt.
    private const int Around = 3;
    private const int ListReach = 30;

    public static IReadOnlyList<Statement> Of(string text, string? title)
    {
        var sentences = SentenceSplitter.Split(text);
        var doubtful = sentences.Select(static s => Lexicon.Doubtful().IsMatch(s.Text)).ToArray();
        var titled = title is not null && Lexicon.Doubtful().IsMatch(title);
        var quotes = new QuoteReader(text);
        var lines = new ListLines(text);
        var statements = new List<Statement>(sentences.Count);
        string? heading = null;
        for (var i = 0; i < sentences.Count; i++)
        {
            var quoted = quotes.OpenAt(sentences[i].Offset);
            statements.Add(new Statement(
                sentences[i].Offset,
                sentences[i].Text,
                WordReader.Read(
                    sentences[i].Text[Math.Min(lines.Words(sentences[i].Offset) - sentences[i].Offset, sentences[i].Text.Length)..]),
                quoted ? "is quoted by its source: who says it, and whether the source agrees, needs reading"
                : titled ? "is from a source whose title says that its statements may not be meant as facts"
                : heading is not null ? $"stands under '{Short(heading)}', which may say what it is"
                : DoubtOf(text, sentences, doubtful, i)));
            heading = !IsHeading(text, sentences[i])
                ? heading
                : doubtful[i] || Lexicon.Choices().IsMatch(sentences[i].Text)
                ? sentences[i].Text
                : null;
        }

        return statements;
    }

    private static string? DoubtOf(string text, List<Sentence> all, bool[] doubtful, int i)
    {
        for (var k = Math.Max(0, i - Around); k <= Math.Min(all.Count - 1, i + Around); k++)
        {
            // Its own words are compared with the claim's.
            if (doubtful[k] && k != i)
            {
                return $"stands near a sentence that may take it back: '{Short(all[k].Text)}'";
            }
        }

        if (i + 1 < all.Count && (Lexicon.TakesBack().IsMatch(all[i + 1].Text) || IsAside(text, all[i + 1])))
        {
            return $"is followed by '{Short(all[i + 1].Text)}', which may take it back";
        }

        if (i > 0 && Lexicon.Reports().IsMatch(all[i - 1].Text))
        {
            return $"follows '{Short(all[i - 1].Text)}', so it may be somebody else's statement or a supposition";
        }

        if (i > 0 && char.IsLower(all[i].Text[0]) && char.IsUpper(all[0].Text[0]))
        {
            return "is a part of a longer sentence";
        }

        return Header(text, all, i) is { } header ? $"stands under '{Short(header)}', which may say what it is" : null;
    }

    // A line that announces what comes under it: "Wrong answers:", "It is not so that", "# Ideas".
    private static string? Header(string text, List<Sentence> all, int i)
    {
        for (var k = i - 1; k >= Math.Max(0, i - ListReach); k--)
        {
            var end = all[k].Offset + all[k].Text.Length;
            var last = text[end - 1];
            if (last is ':' or ',' || text[all[k].Offset] == '#' || (k == i - 1 && last == '\u2026'))
            {
                return IsPlainHeading(all[k].Text) ? null : all[k].Text;
            }

            if (k == i - 1 && char.IsLetterOrDigit(last) && !IsListItem(text, all[k].Offset) && !IsListItem(text, all[i].Offset))
            {
                return IsPlainHeading(all[k].Text) ? null : all[k].Text;
            }

            if (!IsListItem(text, all[k + 1].Offset))
            {
                return null;
            }
        }

        return null;
    }

    // A line of its own that ends in no mark; its words count until the next one.
    private static bool IsHeading(string text, Sentence sentence)
    {
        var end = sentence.Offset + sentence.Text.Length;
        return !IsListItem(text, sentence.Offset)
            && (text[sentence.Offset] == '#' || text[end - 1] == ':' || char.IsLetterOrDigit(text[end - 1]));
    }

    // Short headings that name a thing and say nothing of it.
    private static bool IsPlainHeading(string heading)
    {
        var words = WordReader.Read(heading);
        return heading[^1] is not (':' or ',') && words.Count <= 6 && !words.Any(static word =>
            word.Key is "?" or "that" || Lexicon.Denial.Contains(word.Key) || Lexicon.Mode.Contains(word.Key)
                || Lexicon.Said.Contains(word.Key));
    }

    private static bool IsListItem(string text, int offset)
    {
        var start = offset;
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return (start == 0 || text[start - 1] == '\n')
            && (text[offset] is '-' or '*' or '\u2022' || (char.IsAsciiDigit(
                text[offset]) && text.AsSpan(offset).IndexOfAny('.', ')') is > 0 and <= 3));
    }

    // "(Not!)", "False?" and the like.
    private static bool IsAside(string text, Sentence next) => text[next.Offset] is '(' or '[' && next.Text.Length < 40;

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 80 ? line : $"{TextCut.Head(line, 77)}...";
    }

    /// <summary>Whether a position is within quotation marks. To be called in ascending order; the end of a paragraph closes open
    /// quotes.</summary>
    private sealed class QuoteReader(string text)
    {
        private int _at;
        private bool _open;

        public bool OpenAt(int offset)
        {
            for (; _at < offset; _at++)
            {
                _open = text[_at] switch
                {
                    '"' => !_open,
                    '\u201C' or '\u201E' or '\u00AB' => !(text[_at] == '\u201C' && _open),
                    '\u201D' or '\u00BB' => false,
                    '\n' when _at + 1 < text.Length && text[_at + 1] == '\n' => false,
                    _ => _open,
                };
            }

            return _open;
        }
    }
}
