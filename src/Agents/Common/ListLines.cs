namespace Orkestron.Agents.Common;

/// <summary>
/// The places where numbered items of a list begin: "1. Open" on a line of its own, the first of them or the next in turn. A number
/// that a wrapped line happens to begin with is none.
/// </summary>
internal sealed class ListLines
{
    private const int MaxDigits = 3;

    private readonly Dictionary<int, int> _marks = [];

    public ListLines(string text)
    {
        var (last, ended) = (-1, true);
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            var begin = at;
            while (begin < end && text[begin] is ' ' or '\t')
            {
                begin++;
            }

            if (Number(text, begin, end) is var (number, mark) && (ended || number == last + 1 || number is 0 or 1))
            {
                _marks[begin] = mark;
                last = number;
            }

            var stop = end;
            while (stop > begin && char.IsWhiteSpace(text[stop - 1]))
            {
                stop--;
            }

            ended = stop == begin || text[stop - 1] is '.' or ':' or ';' or '!' or '?';
            at = end + 1;
        }
    }

    /// <summary>Whether a numbered item begins here.</summary>
    public bool Begins(int at) => _marks.ContainsKey(at);

    /// <summary>Whether the mark after an item's number stands here.</summary>
    public bool IsMark(int start, int at) => _marks.TryGetValue(start, out var mark) && mark == at;

    /// <summary>Where the words of a numbered item begin that itself begins here; the place itself for anything else.</summary>
    public int Words(int at) => _marks.TryGetValue(at, out var mark) ? mark + 1 : at;

    private static (int Number, int Mark)? Number(string text, int from, int end)
    {
        var to = from;
        while (to < end && to - from <= MaxDigits && char.IsAsciiDigit(text[to]))
        {
            to++;
        }

        return to > from && to - from <= MaxDigits && to + 1 < end && text[to] is '.' or ')' && text[to + 1] is ' ' or '\t'
            ? (int.Parse(text.AsSpan(from, to - from), null), to)
            : null;
    }
}
