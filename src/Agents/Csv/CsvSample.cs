namespace Orkestron.Agents.Csv;

/// <summary>The first rows of a CSV text, cut by one delimiter outside quotes; for guessing, so nothing is refused.</summary>
internal sealed class CsvSample
{
    private const int MaxRows = 50;

    private CsvSample(CsvDelimiter delimiter, List<Row> rows, bool blankBeforeQuote) =>
        (Delimiter, Rows, BlankBeforeQuote) = (delimiter, rows, blankBeforeQuote);

    public CsvDelimiter Delimiter { get; }

    /// <summary>Rows that are not blank.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Whether a field has blanks and then a quote.</summary>
    public bool BlankBeforeQuote { get; }

    /// <summary>The number of fields that most rows have; the greater one of two.</summary>
    public int Width => Rows.Count == 0 ? 0 : Rows.GroupBy(static row => row.Fields.Count)
        .OrderByDescending(static group => group.Count()).ThenByDescending(static group => group.Key).First().Key;

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="delimiter">What separates the fields.</param>
    /// <param name="whole">Whether the text ends here; else its last row is left out.</param>
    public static CsvSample Of(ReadOnlySpan<char> text, CsvDelimiter delimiter, bool whole)
    {
        var separator = CsvFormat.SeparatorOf(delimiter);
        var rows = new List<Row>();
        var (line, at, blankBeforeQuote) = (1, 0, false);
        while (at < text.Length && rows.Count < MaxRows)
        {
            var row = new Row(line, []);
            var ended = false;
            while (!ended)
            {
                row.Fields.Add(Field(text, separator, ref at, ref line, ref blankBeforeQuote));
                ended = at >= text.Length || text[at] != separator;
                at++;
            }

            if (at - 1 < text.Length && text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            var cut = at >= text.Length && !whole && rows.Count > 0;
            if (!cut && row.Fields is not [""])
            {
                rows.Add(row);
            }

            line++;
        }

        return new CsvSample(delimiter, rows, blankBeforeQuote);
    }

    // Ends at a delimiter, a line's end or the text's.
    private static string Field(ReadOnlySpan<char> text, char separator, ref int at, ref int line, ref bool blankBeforeQuote)
    {
        var start = at;
        while (at < text.Length && text[at] == ' ' && separator != ' ')
        {
            at++;
        }

        if (at < text.Length && text[at] == '"')
        {
            blankBeforeQuote |= at > start;
            start = at + 1;
            for (at++; at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')); at++)
            {
                at += text[at] == '"' ? 1 : 0;
                line += text[at] == '\n' ? 1 : 0;
            }

            var quoted = text[start..Math.Min(at, text.Length)].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
            Rest(text, separator, ref at);
            return quoted;
        }

        Rest(text, separator, ref at);
        return text[start..at].ToString();
    }

    private static void Rest(ReadOnlySpan<char> text, char separator, ref int at)
    {
        var end = at < text.Length ? text[at..].IndexOfAny(separator, '\r', '\n') : -1;
        at = end < 0 ? text.Length : at + end;
    }

    /// <summary>One row.</summary>
    /// <param name="Line">The line it begins in, from 1.</param>
    /// <param name="Fields">Its fields without quotes.</param>
    internal sealed record Row(int Line, List<string> Fields);
}
