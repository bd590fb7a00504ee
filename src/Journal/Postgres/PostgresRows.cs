using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Postgres;

/// <summary>The row changes of one table: one statement that deletes, one that inserts or replaces.</summary>
internal static class PostgresRows
{
    private static readonly ConcurrentDictionary<RowTable, (string Upsert, string Delete)> Texts = [];

    public static void Fill(NpgsqlBatchCommandCollection commands, Dictionary<RowKey, RowChange> rows)
    {
        var changes = rows.ToArray();
        Array.Sort(changes, static (a, b) => a.Key.CompareTo(b.Key));
        var table = changes[0].Value.Table;
        var (upsert, delete) = Texts.GetOrAdd(table, static table => (Upsert(table), Delete(table)));

        var deleted = Array.FindAll(changes, change => change.Value.Deletes);
        if (deleted.Length > 0)
        {
            Columns(PostgresBatch.Add(commands, delete), table, table.KeyColumns, deleted);
        }

        var put = Array.FindAll(changes, change => !change.Value.Deletes);
        if (put.Length > 0)
        {
            Columns(PostgresBatch.Add(commands, upsert), table, table.Columns.Length, put);
        }
    }

    private static void Columns(
        NpgsqlBatchCommand command, RowTable table, int count, KeyValuePair<RowKey, RowChange>[] changes)
    {
        for (var i = 0; i < count; i++)
        {
            var column = i;
            switch (table.Columns[i].Type)
            {
                case ColumnType.Text:
                    var texts = Array.ConvertAll(changes, change => (string?)change.Value.Values[column]);
                    command.WithArray(texts, NpgsqlDbType.Text);
                    break;
                case ColumnType.Integer:
                    var numbers = Array.ConvertAll(changes, change => (long?)change.Value.Values[column]);
                    command.WithArray(numbers, NpgsqlDbType.Bigint);
                    break;
                default:
                    var contents = Array.ConvertAll(changes, change => (byte[]?)change.Value.Values[column]);
                    command.WithArray(contents, NpgsqlDbType.Bytea);
                    break;
            }
        }
    }

    private static string Upsert(RowTable table)
    {
        var names = table.Columns.Select(column => QuerySql.Quote(column.Name)).ToArray();
        var key = string.Join(", ", names.Take(table.KeyColumns));
        var others = names.Skip(table.KeyColumns).Select(name => $"{name} = excluded.{name}").ToArray();
        return new StringBuilder()
            .Append("INSERT INTO ").Append(QuerySql.Quote(table.Name)).Append(" (").AppendJoin(", ", names)
            .Append(") SELECT * FROM unnest(").AppendJoin(", ", names.Select((_, i) => $"${i + 1}"))
            .Append(") ON CONFLICT (").Append(key).Append(") DO ")
            .Append(others.Length == 0 ? "NOTHING" : "UPDATE SET ").AppendJoin(", ", others)
            .ToString();
    }

    private static string Delete(RowTable table)
    {
        var names = table.Columns.Take(table.KeyColumns).Select(column => QuerySql.Quote(column.Name)).ToArray();
        return new StringBuilder()
            .Append("DELETE FROM ").Append(QuerySql.Quote(table.Name)).Append(" t USING unnest(")
            .AppendJoin(", ", names.Select((_, i) => $"${i + 1}"))
            .Append(") AS d(").AppendJoin(", ", names).Append(") WHERE ")
            .AppendJoin(" AND ", names.Select(name => $"t.{name} = d.{name}"))
            .ToString();
    }
}
