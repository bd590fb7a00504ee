using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Csv;

/// <summary>Columns and the first rows of a result.</summary>
/// <param name="Columns">Name and type of each.</param>
/// <param name="Rows">One value for each column: a number where JSON can say it exactly, else its text.</param>
/// <param name="Truncated">Whether there are more rows.</param>
/// <param name="CutValues">How many values were longer than <see cref="CsvDatabase.MaxCell"/> and end in "…".</param>
internal sealed record CsvResult(
    IReadOnlyList<CsvColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows, bool Truncated, int CutValues)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    /// <summary>Reads what <see cref="CsvSelection"/> selected.</summary>
    public static CsvResult Read(DuckDBDataReader reader, IReadOnlyList<CsvColumn> columns, CancellationToken stop)
    {
        var rows = new List<IReadOnlyList<JsonElement>>();
        var (size, cut) = (0, 0);
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (rows.Count == CsvDatabase.MaxRows || size > CsvDatabase.MaxAnswer)
            {
                return new CsvResult(columns, rows, true, cut);
            }

            var row = new JsonElement[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? Null : Value(reader.GetValue(i), columns[i].Type, ref cut);
                size += row[i].GetRawText().Length;
            }

            rows.Add(row);
        }

        return new CsvResult(columns, rows, false, cut);
    }

    private static JsonElement Value(object value, string type, ref int cut) => value switch
    {
        string text => Text(text, type, ref cut),
        bool b => JsonSerializer.SerializeToElement(b),
        ulong n => JsonSerializer.SerializeToElement(n),
        double d => double.IsFinite(d) ? JsonSerializer.SerializeToElement(d) : Word(d),
        float f => float.IsFinite(f) ? JsonSerializer.SerializeToElement(f) : Word(f),
        decimal d => JsonSerializer.SerializeToElement(d),
        sbyte or byte or short or ushort or int or uint or long =>
            JsonSerializer.SerializeToElement(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => JsonSerializer.SerializeToElement(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonElement Text(string text, string type, ref int cut)
    {
        switch (type)
        {
            case "decimal" when Exact(text):
            case "hugeint" or "uhugeint" or "varint" when long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                return JsonElement.Parse(text);
            case "timestamp" or "timestamps" or "timestampms" or "timestampns":
                return JsonSerializer.SerializeToElement(Joined(text));
            case "timestamptz":
                return JsonSerializer.SerializeToElement(Instant(text));
            default:
                if (text.Length > CsvDatabase.MaxCell)
                {
                    cut++;
                    text = string.Concat(text.AsSpan(0, TextCut.Length(text, CsvDatabase.MaxCell - 1)), "\u2026");
                }

                return JsonSerializer.SerializeToElement(text);
        }
    }

    // Whether System.Decimal, which readers of JSON often take a number for, has all its digits.
    private static bool Exact(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
        && value.ToString(CultureInfo.InvariantCulture) == text;

    // The database says instants in UTC, as 2026-01-01 08:15:00+00.
    private static string Instant(string text)
    {
        var at = Joined(text);
        return at.EndsWith("+00", StringComparison.Ordinal) ? at[..^3] + "Z" : at;
    }

    // ISO 8601 has a T between day and time; years before Christ are said with a blank more and stay as they are.
    private static string Joined(string text) => text.AsSpan().Count(' ') == 1 ? text.Replace(' ', 'T') : text;

    private static JsonElement Word(double value) =>
        JsonSerializer.SerializeToElement(value.ToString(CultureInfo.InvariantCulture));
}
