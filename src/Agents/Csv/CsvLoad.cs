using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>A CSV text in its database, with how it was read.</summary>
/// <param name="Database">Holds the table <c>data</c>.</param>
/// <param name="Rows">Rows of the CSV.</param>
/// <param name="Read">How it was read.</param>
/// <param name="Notes">What a person should know about it.</param>
internal sealed record CsvLoad(CsvDatabase Database, int Rows, CsvRead Read, IReadOnlyList<string> Notes) : IDisposable
{
    /// <summary>Finds the format, then reads the rows by it.</summary>
    /// <exception cref="AgentRefusedException">The text is no CSV of that format, or needs too much memory.</exception>
    public static CsvLoad Of(
        CsvSource source, CsvInput request, int memoryMebibytes, IAgentContext context, CancellationToken cancellationToken)
    {
        var (sample, whole) = source.Sample();
        var format = CsvSniffer.Guess(sample, whole, request.Delimiter, request.Header, request.SkipLines);
        try
        {
            return Of(source, request, format, memoryMebibytes, context, cancellationToken);
        }
        catch (AgentRefusedException e) when (e.Code == "malformed_csv" && !format.Trim && !whole)
        {
            // Blanks before quotes may come first behind the sample.
            try
            {
                return Of(source, request, format with { Trim = true }, memoryMebibytes, context, cancellationToken);
            }
            catch (AgentRefusedException)
            {
                throw e;
            }
        }
    }

    public void Dispose() => Database.Dispose();

    private static CsvLoad Of(
        CsvSource source,
        CsvInput request,
        CsvFormat format,
        int memoryMebibytes,
        IAgentContext context,
        CancellationToken cancellationToken)
    {
        using var text = source.Read();
        using var table = CsvTable.Open(text, format);
        context.Progress(20, $"Loading {table.Names.Count} columns");
        var typing = new CsvTyping(table.Names, new CsvNumberFormat(request.Decimal, request.Thousands), request.DateOrder);
        var database = CsvDatabase.Open(table, typing, memoryMebibytes, cancellationToken);
        var read = new CsvRead(
            source.Encoding,
            format.Delimiter,
            typing.Decimal,
            typing.Thousands,
            typing.DateOrder,
            format.Header,
            format.SkippedLines,
            Guessed(source, request, format, typing),
            typing.Columns);
        return new CsvLoad(database, table.Count, read, [.. NotesOf(source, format, request), .. table.Notes, .. typing.Notes]);
    }

    private static IReadOnlyList<string> Guessed(CsvSource source, CsvInput request, CsvFormat format, CsvTyping typing)
    {
        (string Name, bool Found)[] found =
        [
            ("encoding", source.EncodingGuessed),
            ("delimiter", request.Delimiter == CsvDelimiter.Auto),
            ("decimal", request.Decimal == CsvDecimal.Auto && typing.Decimal is not null),
            ("thousands", request.Thousands == CsvThousands.Auto && typing.Thousands is not null),
            ("dateOrder", request.DateOrder == CsvDateOrder.Auto && typing.DateOrder is not null),
            ("header", request.Header is null),
            ("skipLines", request.SkipLines is null && format.SkippedLines > 0),
        ];
        return [.. found.Where(static option => option.Found).Select(static option => option.Name)];
    }

    private static IEnumerable<string> NotesOf(CsvSource source, CsvFormat format, CsvInput request)
    {
        if (source.Encoding is null && request.Encoding is not TextEncodings.Auto)
        {
            yield return "`encoding` is of files: `csv` is text already, so it was not used.";
        }

        if (source.EncodingGuessed)
        {
            yield return $"The file is not UTF-8 and was read as {source.Encoding}. Say `encoding` if it is another.";
        }

        if (request.SkipLines is null && format.SkippedLines > 0)
        {
            yield return $"{(format.SkippedLines == 1 ? "1 line" : $"{format.SkippedLines} lines")} before the table left out. Say `skipLines` if it is another number.";
        }

        if (request.Header is null && !format.Header)
        {
            yield return "The first line looks like data, so the columns are named column1, column2 and so on. Say `header` if it names them.";
        }

        if (format.Trim)
        {
            yield return "Blanks around fields were dropped, since quotes follow blanks.";
        }
    }
}
