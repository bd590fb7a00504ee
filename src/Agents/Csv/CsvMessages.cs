using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Csv;

[Display(Name = "CSV to analyse")]
internal sealed record CsvInput(
    [Display(Name = "CSV", Description = "The table as CSV text. Leave it out when you give a file.")]
    [StringLength(CsvCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Csv = null,

    [Display(Name = "CSV file", Description = "The table as a file."), MaxLength(45), DataType("artifact")]
    string? File = null,

    [Display(Name = "What to do", Description = "Describe every column, or run the SQL.")]
    CsvMode Mode = CsvMode.Describe,

    [Display(Name = "SQL", Description = "One SELECT over the table data; needed to query.")]
    [MaxLength(CsvCard.MaxSql), DataType(DataType.MultilineText)]
    string? Sql = null,

    [Display(
        Name = "Has a header",
        Description = "The first line names the columns; else column1, column2 and so on. Left out, it is a header unless it looks like the rows below.")]
    bool? Header = null,

    [Display(Name = "Delimiter", Description = "What separates the fields; auto compares the first lines, and minds quotes.")]
    CsvDelimiter Delimiter = CsvDelimiter.Auto,

    [Display(Name = "Decimal sign", Description = "Point as in 1234.5, comma as in 1234,5; auto looks at all numbers.")]
    CsvDecimal Decimal = CsvDecimal.Auto,

    [Display(Name = "Thousands separator", Description = "Comma as in 1,234.5, point as in 1.234,5; auto looks at all numbers.")]
    CsvThousands Thousands = CsvThousands.Auto,

    [Display(
        Name = "Order of dates",
        Description = "dmy as in 31.12.2026, mdy as in 12/31/2026; auto looks for days beyond 12. A year in front is always understood.")]
    CsvDateOrder DateOrder = CsvDateOrder.Auto,

    [Display(
        Name = "Encoding of the file",
        Description = "auto takes a byte order mark, then UTF-8, then Windows-1252 where it fits.")]
    string Encoding = TextEncodings.Auto,

    [Display(Name = "Lines to skip", Description = "Lines before the table, such as a title. Left out, they are found."), Range(0, 1_000)]
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

[Display(Name = "Table")]
internal sealed record CsvAnswer(
    [Display(Name = "Columns")]
    IReadOnlyList<CsvColumn> Columns,

    [Display(
        Name = "Rows",
        Description = "One value for each column; as text what JSON numbers cannot say exactly, dates and lists among them.")]
    [MaxLength(CsvDatabase.MaxRows)]
    IReadOnlyList<IReadOnlyList<JsonElement>> Rows,

    [Display(Name = "Rows given"), Range(0, CsvDatabase.MaxRows)]
    int RowCount,

    [Display(Name = "Rows of the CSV"), Range(0, int.MaxValue)]
    int DataRows,

    [Display(Name = "Truncated", Description = "The result has more rows than are given.")]
    bool Truncated,

    [Display(Name = "How the CSV was read")]
    CsvRead? Read,

    [Display(Name = "Notes", Description = "What to know about how the CSV was read.")]
    IReadOnlyList<string>? Notes);

internal sealed record CsvColumn(
    [Display(Name = "Name")] string Name,
    [Display(Name = "Type")] string Type);

/// <summary>How the CSV was read.</summary>
/// <param name="Encoding">Of a file; null for a text.</param>
/// <param name="Delimiter">As the input would say it.</param>
/// <param name="Decimal">Null where no number has a decimal sign.</param>
/// <param name="Thousands">Null where no number separates its thousands.</param>
/// <param name="DateOrder">Null where no column is a date.</param>
/// <param name="Header">Whether the first line named the columns.</param>
/// <param name="SkippedLines">Lines before the first one read.</param>
/// <param name="Guessed">The options that the input left open and that were inferred from the CSV.</param>
/// <param name="Columns">The table <c>data</c>.</param>
internal sealed record CsvRead(
    [Display(Name = "Encoding", Description = "Of a file.")] string? Encoding,
    [Display(Name = "Delimiter")] CsvDelimiter Delimiter,
    [Display(Name = "Decimal sign")] CsvDecimal? Decimal,
    [Display(Name = "Thousands separator")] CsvThousands? Thousands,
    [Display(Name = "Order of dates")] CsvDateOrder? DateOrder,
    [Display(Name = "Has a header")] bool Header,
    [Display(Name = "Lines skipped"), Range(0, int.MaxValue)] int SkippedLines,
    [Display(Name = "Guessed", Description = "Which of these the input left open.")] IReadOnlyList<string> Guessed,
    [Display(Name = "Columns of the CSV")] IReadOnlyList<CsvColumn> Columns);
