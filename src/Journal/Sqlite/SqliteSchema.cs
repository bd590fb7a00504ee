using Microsoft.Data.Sqlite;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Sqlite;

/// <summary>Creates and migrates the journal's tables and the declared row tables, in one transaction.</summary>
internal static class SqliteSchema
{
    /// <summary>Each step is applied once, in order, and never changed after a release.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE journal_events (
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            append_id BLOB NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (stream, version)) WITHOUT ROWID;
        CREATE TABLE journal_snapshots (
            stream TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            body BLOB NOT NULL,
            sealed BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE journal_states (
            key TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            content BLOB NOT NULL) WITHOUT ROWID;
        """,
    ];

    public static void Migrate(SqliteConnection connection, RowTables tables, TimeProvider clock)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        Step(connection, clock);
        foreach (var table in tables.All)
        {
            Table(connection, table);
        }

        transaction.Commit();
    }

    private static void Step(SqliteConnection connection, TimeProvider clock)
    {
        Run(
            connection,
            "CREATE TABLE IF NOT EXISTS journal_schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)");
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT coalesce(max(version), 0) FROM journal_schema_version";
        var version = (int)(long)read.ExecuteScalar()!;
        if (version > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The store has schema version {version}; this program knows up to {Steps.Length}. Run a newer program.");
        }

        for (; version < Steps.Length; version++)
        {
            Run(connection, Steps[version]);
            using var write = connection.CreateCommand();
            write.CommandText = "INSERT INTO journal_schema_version VALUES ($version, $at)";
            write.Parameters.AddWithValue("$version", version + 1);
            write.Parameters.AddWithValue("$at", Instants.ToMicroseconds(clock.GetUtcNow()));
            write.ExecuteNonQuery();
        }
    }

    private static void Table(SqliteConnection connection, RowTable table)
    {
        var name = QuerySql.Quote(table.Name);
        var columns = table.Columns.Select((column, i) =>
            $"{QuerySql.Quote(column.Name)} {TypeOf(column)}{(i < table.KeyColumns ? " NOT NULL" : "")}");
        var key = string.Join(", ", table.Columns.Take(table.KeyColumns).Select(column => QuerySql.Quote(column.Name)));
        Run(
            connection,
            $"CREATE TABLE IF NOT EXISTS {name} ({string.Join(", ", columns)}, PRIMARY KEY ({key})) WITHOUT ROWID");
        foreach (var column in SchemaCheck.Missing(table, Columns(connection, table)))
        {
            Run(connection, $"ALTER TABLE {name} ADD COLUMN {QuerySql.Quote(column.Name)} {TypeOf(column)}");
        }

        foreach (var sql in SchemaCheck.Indexes(table))
        {
            Run(connection, sql);
        }
    }

    private static Dictionary<string, ColumnType?> Columns(SqliteConnection connection, RowTable table)
    {
        var existing = new Dictionary<string, ColumnType?>(StringComparer.Ordinal);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, type FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", table.Name);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            existing.Add(reader.GetString(0), reader.GetString(1) switch
            {
                "TEXT" => ColumnType.Text,
                "INTEGER" => ColumnType.Integer,
                "BLOB" => ColumnType.Bytes,
                _ => null,
            });
        }

        return existing;
    }

    private static string TypeOf(RowColumn column) => column.Type switch
    {
        ColumnType.Text => "TEXT",
        ColumnType.Integer => "INTEGER",
        _ => "BLOB",
    };

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
