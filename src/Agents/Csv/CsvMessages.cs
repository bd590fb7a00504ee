using System.Text.Json;

namespace Orkestron.Agents.Csv;

internal sealed record CsvInput(
    string? Csv = null,
    string? File = null,
    CsvMode Mode = CsvMode.Describe,
    string? Sql = null,
    bool? Header = null,
    CsvDelimiter Delimiter = CsvDelimiter.Auto,
    CsvDecimal Decimal = CsvDecimal.Auto,
    CsvThousands Thousands = CsvThousands.Auto,
    CsvDateOrder DateOrder = CsvDateOrder.Auto,
    string? Encoding = null,
    int? SkipLines = null);

internal enum CsvMode
{
    Describe,
    Query,
}

internal enum CsvDelimiter
{
    Auto,
    Comma,
    Semicolon,
    Tab,
    Pipe,
    Colon,
    Space,
}

internal enum CsvDecimal
{
    Auto,
    Point,
    Comma,
}

internal enum CsvThousands
{
    Auto,
    None,
    Comma,
    Point,
    Space,
    Apostrophe,
}

internal enum CsvDateOrder
{
    Auto,
    Ymd,
    Dmy,
    Mdy,
}

internal sealed record CsvAnswer(
    IReadOnlyList<CsvColumn> Columns,
    IReadOnlyList<IReadOnlyList<JsonElement>> Rows,
    int RowCount,
    int DataRows,
    bool Truncated,
    IReadOnlyList<string> Notes,
    CsvRead Read);

internal sealed record CsvColumn(string Name, string Type);

/// <summary>How the CSV was read.</summary>
/// <param name="Encoding">Of a file; null for a text.</param>
/// <param name="Delimiter">As the input would say it.</param>
/// <param name="Decimal">Null where no number has a decimal sign.</param>
/// <param name="Thousands">Null where no number separates its thousands.</param>
/// <param name="DateOrder">Null where no column is a date.</param>
/// <param name="Header">Whether the first line named the columns.</param>
/// <param name="SkippedLines">Lines before the first one read.</param>
/// <param name="Guessed">Which of these the input left to the agent, and the CSV had to tell.</param>
/// <param name="Columns">The table <c>data</c>.</param>
internal sealed record CsvRead(
    string? Encoding,
    CsvDelimiter Delimiter,
    CsvDecimal? Decimal,
    CsvThousands? Thousands,
    CsvDateOrder? DateOrder,
    bool Header,
    int SkippedLines,
    IReadOnlyList<string> Guessed,
    IReadOnlyList<CsvColumn> Columns);
