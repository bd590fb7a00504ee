namespace Orkestron.Agents.Csv;

/// <summary>Finds the format of a CSV text from its beginning, where the input does not say it.</summary>
internal static class CsvSniffer
{
    private const int MaxPreamble = 20;

    private static readonly CsvDelimiter[] Candidates = [CsvDelimiter.Comma, CsvDelimiter.Semicolon, CsvDelimiter.Tab, CsvDelimiter.Pipe];

    /// <summary>The format; what the input says is kept.</summary>
    /// <param name="sample">The text, or its first <see cref="CsvFormat.Sample"/> characters.</param>
    /// <param name="whole">Whether the sample is all of the text.</param>
    /// <param name="delimiter">The delimiter, or auto.</param>
    /// <param name="header">Whether the first row names the columns; null to find out.</param>
    /// <param name="skipLines">Lines before the first row; null to find out.</param>
    public static CsvFormat Guess(
        ReadOnlySpan<char> sample, bool whole, CsvDelimiter delimiter = CsvDelimiter.Auto, bool? header = true, int? skipLines = null)
    {
        sample = sample.TrimStart('\uFEFF');
        var skipped = 0;
        if (SeparatorLine(sample) is { } told)
        {
            // Excel's convention: the line says the delimiter and is no data.
            delimiter = delimiter == CsvDelimiter.Auto ? told : delimiter;
            skipped = 1;
        }

        skipped = Math.Max(skipped, skipLines ?? 0);
        var rest = Behind(sample, skipped);
        var cut = delimiter == CsvDelimiter.Auto ? Best(rest, whole) : CsvSample.Of(rest, delimiter, whole);
        var preamble = skipLines is null ? Preamble(cut) : 0;
        var rows = cut.Rows.Skip(preamble).ToList();
        skipped += preamble > 0 && rows.Count > 0 ? rows[0].Line - 1 : 0;
        return new CsvFormat(cut.Delimiter, header ?? !IsData(rows), skipped, cut.BlankBeforeQuote);
    }

    private static CsvDelimiter? SeparatorLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var line = (end < 0 ? text : text[..end]).Trim(" \"");
        if (!line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || line.Length != 5)
        {
            return null;
        }

        foreach (var candidate in Enum.GetValues<CsvDelimiter>())
        {
            if (candidate != CsvDelimiter.Auto && CsvFormat.SeparatorOf(candidate) == line[4])
            {
                return candidate;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Behind(ReadOnlySpan<char> text, int lines)
    {
        for (; lines > 0 && !text.IsEmpty; lines--)
        {
            var end = text.IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length - 1 : end;
            end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 1 : 0;
            text = text[(end + 1)..];
        }

        return text;
    }

    // The delimiter that cuts most rows alike; then the one whose fields are most often numbers or dates; then the one
    // with most fields.
    private static CsvSample Best(ReadOnlySpan<char> text, bool whole)
    {
        var samples = new List<CsvSample>();
        foreach (var candidate in Candidates)
        {
            samples.Add(CsvSample.Of(text, candidate, whole));
        }

        return samples.Where(static sample => sample.Width > 1)
            .OrderByDescending(Alike).ThenByDescending(Typed).ThenByDescending(static sample => sample.Width)
            .FirstOrDefault() ?? samples[0];
    }

    private static double Alike(CsvSample sample)
    {
        var rows = sample.Rows.Skip(Preamble(sample)).ToList();
        return (double)rows.Count(row => row.Fields.Count == sample.Width) / rows.Count;
    }

    private static double Typed(CsvSample sample)
    {
        var fields = sample.Rows.SelectMany(static row => row.Fields).ToList();
        return (double)fields.Count(static field => KindOf([field]) != Kind.Text) / fields.Count;
    }

    // A title and the like before the table: lines of one field, then a blank line or rows of three fields or more; from a
    // spreadsheet also lines of one field and many delimiters, then one of delimiters alone.
    private static int Preamble(CsvSample sample)
    {
        var width = sample.Width;
        var lines = sample.Rows.TakeWhile(row => width > 1 && Filled(row) <= 1).Count();
        if (lines is 0 or > MaxPreamble || sample.Rows.Count < lines + 2)
        {
            return 0;
        }

        var titles = sample.Rows.Take(lines).ToList();
        var gap = sample.Rows[lines].Line > titles[^1].Line + 1 || titles.Any(static row => Filled(row) == 0);
        var bare = titles.TrueForAll(static row => row.Fields.Count == 1);
        var alike = sample.Rows.Skip(lines).Take(3).All(row => row.Fields.Count == width);
        return alike && (gap || (bare && width > 2)) ? lines : 0;
    }

    private static int Filled(CsvSample.Row row) => row.Fields.Count(static field => !string.IsNullOrWhiteSpace(field));

    // Where the first row has a number, a date or a truth value in each column, like the rows below it, it is no header.
    private static bool IsData(List<CsvSample.Row> rows)
    {
        if (rows.Count < 2 || rows.Any(row => row.Fields.Count != rows[0].Fields.Count) || AreYears(rows[0].Fields))
        {
            return false;
        }

        return rows[0].Fields.Select((field, i) => (First: KindOf([field]), Below: KindOf(rows.Skip(1).Select(row => row.Fields[i]))))
            .All(static column => column.First != Kind.Text && column.Below == column.First);
    }

    // 2024, 2025, 2026 above amounts.
    private static bool AreYears(List<string> fields) =>
        fields.Count > 1
            && fields.All(static field => field.Trim() is { Length: 4 } year && int.TryParse(year, out var n) && n is >= 1900 and <= 2100);

    private static Kind KindOf(IEnumerable<string> fields)
    {
        var profile = new CsvColumnProfile(CsvNumberFormat.Auto);
        foreach (var field in fields)
        {
            profile.Add(field);
        }

        return !profile.Typed ? Kind.Text
            : profile.Boolean ? Kind.Boolean
            : profile.Dates.Fit ? Kind.Date
            : Kind.Number;
    }

    private enum Kind
    {
        Text,
        Number,
        Date,
        Boolean,
    }
}
