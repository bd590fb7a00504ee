using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Journal.Rows;

/// <summary>Compares a declared table with the one that exists.</summary>
internal static class SchemaCheck
{
    /// <summary>The declared columns that the existing table lacks.</summary>
    /// <exception cref="InvalidOperationException">A column exists with another type.</exception>
    public static IEnumerable<RowColumn> Missing(RowTable table, IReadOnlyDictionary<string, ColumnType?> existing)
    {
        var missing = new List<RowColumn>();
        for (var i = 0; i < table.Columns.Length; i++)
        {
            var column = table.Columns[i];
            if (!existing.TryGetValue(column.Name, out var type))
            {
                missing.Add(i >= table.KeyColumns ? column : throw new InvalidOperationException(
                    $"Row table {table.Name} exists without key column {column.Name}. A key cannot change: rename the table."));
            }
            else if (type != column.Type)
            {
                throw new InvalidOperationException(
                    $"{table.Name}.{column.Name} exists with another type than {column.Type}. Give the new column another name.");
            }
        }

        return missing;
    }

    /// <summary>What makes the indexes as they are declared.</summary>
    public static IEnumerable<string> Indexes(RowTable table) =>
    [
        .. table.Indexes.Select(index => Create(table, index)),
        .. table.Dropped.Select(index => $"DROP INDEX IF EXISTS {NameOf(table, index)}"),
    ];

    private static string Create(RowTable table, RowIndex index)
    {
        var columns = string.Join(", ", index.Columns.Select(QuerySql.Quote));
        var where = index.Where is { } condition ? $" WHERE {QuerySql.Condition(condition)}" : "";
        return $"CREATE INDEX IF NOT EXISTS {NameOf(table, index)} ON {QuerySql.Quote(table.Name)} ({columns}){where}";
    }

    /// <summary>Indexes are named by what they cover, so that a second start finds them.</summary>
    private static string NameOf(RowTable table, RowIndex index)
    {
        var where = index.Where is { } condition ? $" {QuerySql.Condition(condition)}" : "";
        var covered = $"{table.Name}({string.Join(',', index.Columns)}){where}";
        return $"ix_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(covered)).AsSpan(0, 10))}";
    }
}
