using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Orkestron.Agents.Csv;

/// <summary>Columns and the first rows of a result.</summary>
internal sealed record CsvResult(IReadOnlyList<CsvColumn> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows, bool Truncated)
{
    public static CsvResult Read(DuckDBDataReader reader, CancellationToken stop)
    {
        var columns = Enumerable.Range(0, reader.FieldCount)
            .Select(i => new CsvColumn(reader.GetName(i), reader.GetDataTypeName(i).ToLowerInvariant()))
            .ToList();
        var rows = new List<IReadOnlyList<JsonElement>>();
        var size = 0;
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (rows.Count == CsvDatabase.MaxRows || size > CsvDatabase.MaxAnswer)
            {
                return new CsvResult(columns, rows, true);
            }

            var row = new JsonElement[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? JsonSerializer.SerializeToElement<string?>(null) : Value(reader.GetValue(i));
                size += row[i].GetRawText().Length;
            }

            rows.Add(row);
        }

        return new CsvResult(columns, rows, false);
    }

    private static JsonElement Value(object value) => value switch
    {
        bool b => JsonSerializer.SerializeToElement(b),
        sbyte or byte or short or ushort or int or uint => JsonSerializer.SerializeToElement(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        long n => JsonSerializer.SerializeToElement(n),
        ulong n => JsonSerializer.SerializeToElement(n),
        BigInteger n when n >= long.MinValue && n <= long.MaxValue => JsonSerializer.SerializeToElement((long)n),
        decimal d => JsonSerializer.SerializeToElement(d),
        double d when double.IsFinite(d) => JsonSerializer.SerializeToElement(d),
        float f when float.IsFinite(f) => JsonSerializer.SerializeToElement(f),
        _ => JsonSerializer.SerializeToElement(Cut(Text(value))),
    };

    private static string Text(object value) => value switch
    {
        string s => s,
        DateTime t => t.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IDictionary map => "{" + string.Join(", ", map.Keys.Cast<object>().Take(100).Select(k => $"{k}: {Text(map[k] ?? "null")}")) + "}",
        IEnumerable list and not string => "[" + string.Join(", ", list.Cast<object?>().Take(1_000).Select(v => Text(v ?? "null"))) + "]",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Cut(string text) =>
        text.Length <= CsvDatabase.MaxCell ? text : text[..(CsvDatabase.MaxCell - 1)] + "\u2026";
}
