using System.Collections.Concurrent;
using System.Text;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Sqlite;

/// <summary>The statements that change a table's rows.</summary>
internal static class SqliteRows
{
    private static readonly ConcurrentDictionary<RowTable, (string Upsert, string Delete)> Texts = [];

    public static (string Upsert, string Delete) Of(RowTable table) =>
        Texts.GetOrAdd(table, static table => (Upsert(table), Delete(table)));

    // Not INSERT OR REPLACE: a column that a newer program added must keep its value.
    private static string Upsert(RowTable table)
    {
        var names = table.Columns.Select(column => QuerySql.Quote(column.Name)).ToArray();
        var others = names.Skip(table.KeyColumns).Select(name => $"{name} = excluded.{name}").ToArray();
        return new StringBuilder()
            .Append("INSERT INTO ").Append(QuerySql.Quote(table.Name)).Append(" (").AppendJoin(", ", names)
            .Append(") VALUES (").AppendJoin(", ", names.Select((_, i) => $"${i + 1}"))
            .Append(") ON CONFLICT (").AppendJoin(", ", names.Take(table.KeyColumns)).Append(") DO ")
            .Append(others.Length == 0 ? "NOTHING" : "UPDATE SET ").AppendJoin(", ", others)
            .ToString();
    }

    private static string Delete(RowTable table)
    {
        var tests = table.Columns.Take(table.KeyColumns).Select((column, i) => $"{QuerySql.Quote(column.Name)} = ${i + 1}");
        return $"DELETE FROM {QuerySql.Quote(table.Name)} WHERE {string.Join(" AND ", tests)}";
    }
}
