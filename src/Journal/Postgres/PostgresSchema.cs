using Npgsql;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Postgres;

/// <summary>Creates and migrates the journal's tables and the declared row tables, in one transaction.</summary>
internal static class PostgresSchema
{
    // Any number will do, as long as all processes use it: two that start at once migrate one after the other.
    private const long LockKey = 0x4F726B4A6F75726E;

    /// <summary>Each step is applied once, in order, and never changed after a release.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE journal_events (
            stream text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            append_id uuid NOT NULL,
            type text NOT NULL,
            at bigint NOT NULL,
            body bytea NOT NULL,
            sealed bytea NOT NULL,
            PRIMARY KEY (stream, version));
        ALTER TABLE journal_events ALTER COLUMN sealed SET STORAGE EXTERNAL;
        CREATE TABLE journal_snapshots (
            stream text COLLATE "C" PRIMARY KEY,
            version bigint NOT NULL,
            body bytea NOT NULL,
            sealed bytea NOT NULL);
        CREATE TABLE journal_states (
            key text COLLATE "C" PRIMARY KEY,
            version bigint NOT NULL,
            content bytea NOT NULL);
        CREATE FUNCTION journal_expect(actual bigint, expected bigint) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF actual <> expected THEN
                RAISE EXCEPTION 'journal conflict' USING ERRCODE = 'ORK01';
            END IF;
        END $$;
        """,
    ];

    public static async Task MigrateAsync(
        NpgsqlDataSource source, RowTables tables, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        await StepAsync(connection, clock, cancellationToken);
        foreach (var table in tables.All)
        {
            await TableAsync(connection, table, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task StepAsync(
        NpgsqlConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        await RunAsync(
            connection,
            "CREATE TABLE IF NOT EXISTS journal_schema_version (version int PRIMARY KEY, applied_at timestamptz NOT NULL)",
            cancellationToken);
        await using var read = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM journal_schema_version", connection);
        var version = (int)(await read.ExecuteScalarAsync(cancellationToken))!;
        if (version > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The database has schema version {version}; this program knows up to {Steps.Length}. Run a newer program.");
        }

        for (; version < Steps.Length; version++)
        {
            await RunAsync(connection, Steps[version], cancellationToken);
            await using var write = new NpgsqlCommand("INSERT INTO journal_schema_version VALUES ($1, $2)", connection)
            {
                Parameters = { new() { Value = version + 1 }, new() { Value = clock.GetUtcNow() } },
            };
            await write.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task TableAsync(NpgsqlConnection connection, RowTable table, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Select((column, i) =>
            $"{QuerySql.Quote(column.Name)} {TypeOf(column)}{(i < table.KeyColumns ? " NOT NULL" : "")}");
        var key = string.Join(", ", table.Columns.Take(table.KeyColumns).Select(column => QuerySql.Quote(column.Name)));
        await RunAsync(
            connection,
            $"CREATE TABLE IF NOT EXISTS {QuerySql.Quote(table.Name)} ({string.Join(", ", columns)}, PRIMARY KEY ({key}))",
            cancellationToken);

        var existing = await ColumnsAsync(connection, table, cancellationToken);
        foreach (var column in SchemaCheck.Missing(table, existing))
        {
            await RunAsync(
                connection,
                $"ALTER TABLE {QuerySql.Quote(table.Name)} ADD COLUMN {QuerySql.Quote(column.Name)} {TypeOf(column)}",
                cancellationToken);
        }

        foreach (var sql in SchemaCheck.Indexes(table))
        {
            await RunAsync(connection, sql, cancellationToken);
        }
    }

    private static async Task<Dictionary<string, ColumnType?>> ColumnsAsync(
        NpgsqlConnection connection, RowTable table, CancellationToken cancellationToken)
    {
        var existing = new Dictionary<string, ColumnType?>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(
            "SELECT column_name::text, data_type::text FROM information_schema.columns "
            + "WHERE table_schema = current_schema() AND table_name = $1",
            connection)
        {
            Parameters = { new() { Value = table.Name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            existing.Add(reader.GetString(0), reader.GetString(1) switch
            {
                "text" => ColumnType.Text,
                "bigint" => ColumnType.Integer,
                "bytea" => ColumnType.Bytes,
                _ => null,
            });
        }

        return existing;
    }

    private static string TypeOf(RowColumn column) => column.Type switch
    {
        ColumnType.Text => "text COLLATE \"C\"",
        ColumnType.Integer => "bigint",
        _ => "bytea",
    };

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
