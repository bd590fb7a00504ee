using System.Globalization;
using DuckDB.NET.Data;

namespace Orkestron.Agents.Csv;

/// <summary>
/// The statement to run for an allowed one: numbers and truth values as they are, every other type as the text by which
/// the database itself says the value exactly.
/// </summary>
internal sealed record CsvSelection(string Sql, IReadOnlyList<CsvColumn> Columns)
{
    // A prefix only, so that a comment or a semicolon at the statement's end stays one.
    private const string View = "CREATE OR REPLACE TEMP VIEW result";

    /// <summary>
    /// Asks the database for the statement's columns and makes it a view; null for DESCRIBE and SUMMARIZE, which can be
    /// neither described nor viewed and have columns of text and numbers alone.
    /// </summary>
    /// <exception cref="DuckDBException">The statement cannot be bound.</exception>
    public static CsvSelection? Of(DuckDBConnection connection, string sql)
    {
        List<CsvColumn> columns;
        try
        {
            columns = Describe(connection, sql);
        }
        catch (DuckDBException e) when (e.Message.StartsWith("Parser Error", StringComparison.Ordinal))
        {
            return null;
        }

        var names = columns.Select(static (_, i) => "c" + i.ToString(CultureInfo.InvariantCulture)).ToList();
        using var view = connection.CreateCommand();
        view.CommandText = $"{View}({string.Join(", ", names)}) AS {sql}";
        view.ExecuteNonQuery();
        var selected = names.Select((name, i) => columns[i].Type switch
        {
            "boolean" or "tinyint" or "smallint" or "integer" or "bigint" or "utinyint" or "usmallint" or "uinteger"
                or "ubigint" or "float" or "double" => name,
            _ => string.Create(CultureInfo.InvariantCulture, $"left(CAST({name} AS VARCHAR), {CsvDatabase.MaxCell + 1})"),
        });
        return new CsvSelection($"SELECT {string.Join(", ", selected)} FROM result", columns);
    }

    private static List<CsvColumn> Describe(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DESCRIBE " + sql;
        using var reader = command.ExecuteReader();
        var columns = new List<CsvColumn>();
        while (reader.Read())
        {
            columns.Add(new CsvColumn(reader.GetString(0), Word(reader.GetString(1))));
        }

        return columns;
    }

    /// <summary>The columns as a reader knows them.</summary>
    public static IReadOnlyList<CsvColumn> ColumnsOf(DuckDBDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount)
            .Select(i => new CsvColumn(reader.GetName(i), reader.GetDataTypeName(i).ToLowerInvariant()))];

    /// <summary>A type as one word: <c>decimal</c> for <c>DECIMAL(18,3)</c>, <c>list</c> for <c>INTEGER[]</c>.</summary>
    private static string Word(string type)
    {
        if (type.EndsWith(']'))
        {
            return type.EndsWith("[]", StringComparison.Ordinal) ? "list" : "array";
        }

        return type switch
        {
            "TIMESTAMP WITH TIME ZONE" => "timestamptz",
            "TIME WITH TIME ZONE" => "timetz",
            "BIGNUM" => "varint",
            _ => type.Split('(')[0].Replace("_", "", StringComparison.Ordinal).Trim('"').ToLowerInvariant(),
        };
    }
}
