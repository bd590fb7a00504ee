using System.Text.Json;

namespace Orkestron.Agents.Csv;

internal sealed record CsvInput(
    string? Csv = null,
    string? File = null,
    CsvMode Mode = CsvMode.Describe,
    string? Sql = null,
    bool Header = true,
    CsvDelimiter Delimiter = CsvDelimiter.Auto);

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
}

internal sealed record CsvAnswer(
    IReadOnlyList<CsvColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows, int RowCount, int DataRows, bool Truncated);

internal sealed record CsvColumn(string Name, string Type);
