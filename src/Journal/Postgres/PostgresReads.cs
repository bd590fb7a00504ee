using Npgsql;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Postgres;

/// <summary>Reads on pooled connections. A connection that died while idle is replaced once before a read fails.</summary>
internal sealed class PostgresReads(NpgsqlDataSource source) : IAsyncDisposable
{
    private const string EventColumns = "stream, version, append_id, type, at, body, sealed";

    // One statement, one snapshot of the database: a snapshot written in between cannot hide events.
    private const string Load =
        """
        SELECT version, NULL::uuid, NULL::text, NULL::bigint, body, sealed, 0 AS part
        FROM journal_snapshots WHERE stream = $1
        UNION ALL
        SELECT version, append_id, type, at, body, sealed, 1
        FROM journal_events WHERE stream = $1
            AND version > coalesce((SELECT version FROM journal_snapshots WHERE stream = $1), 0)
        ORDER BY part, version
        """;

    private const string After =
        $"SELECT {EventColumns} FROM journal_events WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3";

    private const string Before =
        $"SELECT {EventColumns} FROM journal_events WHERE stream = $1 AND version < $2 ORDER BY version DESC LIMIT $3";

    private const string Scan =
        $"""
        SELECT {EventColumns} FROM journal_events WHERE (stream, version) > ($1, $2) AND stream < $3
        ORDER BY stream, version LIMIT $4
        """;

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken) => RunAsync(
        Load,
        [stream],
        async reader =>
        {
            StoredSnapshot? snapshot = null;
            var events = new List<StoredEvent>();
            while (await reader.ReadAsync(cancellationToken))
            {
                var version = reader.GetInt64(0);
                var body = reader.GetFieldValue<byte[]>(4);
                var content = reader.GetFieldValue<byte[]>(5);
                if (reader.GetInt32(6) == 0)
                {
                    snapshot = new StoredSnapshot(version, body, content);
                }
                else
                {
                    var at = Instants.FromMicroseconds(reader.GetInt64(3));
                    events.Add(new StoredEvent(stream, version, reader.GetGuid(1), reader.GetString(2), at, body, content));
                }
            }

            return new StreamTail(snapshot, events);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventRange range, CancellationToken cancellationToken) =>
        EventsAsync(
            range.Backwards ? Before : After, [range.Stream, range.Version, (long)range.Limit], cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ScanAsync(
        string stream, long afterVersion, string endStream, int limit, CancellationToken cancellationToken) =>
        EventsAsync(Scan, [stream, afterVersion, endStream, (long)limit], cancellationToken);

    public ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var sql = QuerySql.Select(query, PostgresDialect.Instance);
        return RunAsync(
            sql.ToString(),
            sql.Values,
            async reader =>
            {
                var rows = new List<Row>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    var values = new object?[reader.FieldCount];
                    for (var i = 0; i < values.Length; i++)
                    {
                        values[i] = await reader.IsDBNullAsync(i, cancellationToken) ? null : reader.GetValue(i);
                    }

                    rows.Add(new Row(values));
                }

                return (IReadOnlyList<Row>)rows;
            },
            cancellationToken);
    }

    public ValueTask<long> AggregateAsync(RowQuery query, string? sumColumn, CancellationToken cancellationToken)
    {
        var sql = QuerySql.Aggregate(query, sumColumn, PostgresDialect.Instance);
        return RunAsync(
            sql.ToString(),
            sql.Values,
            async reader => await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0,
            cancellationToken);
    }

    public ValueTask<StoredState?> StateAsync(string key, CancellationToken cancellationToken) => RunAsync(
        "SELECT content, version FROM journal_states WHERE key = $1",
        [key],
        async reader => await reader.ReadAsync(cancellationToken)
            ? new StoredState(reader.GetFieldValue<byte[]>(0), reader.GetInt64(1))
            : null,
        cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(
        string sql, IReadOnlyList<object> values, CancellationToken cancellationToken) => RunAsync(
        sql,
        values,
        async reader =>
        {
            var events = new List<StoredEvent>();
            while (await reader.ReadAsync(cancellationToken))
            {
                events.Add(new StoredEvent(
                    reader.GetString(0),
                    reader.GetInt64(1),
                    reader.GetGuid(2),
                    reader.GetString(3),
                    Instants.FromMicroseconds(reader.GetInt64(4)),
                    reader.GetFieldValue<byte[]>(5),
                    reader.GetFieldValue<byte[]>(6)));
            }

            return (IReadOnlyList<StoredEvent>)events;
        },
        cancellationToken);

    private async ValueTask<T> RunAsync<T>(
        string sql, IReadOnlyList<object> values, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var command = new NpgsqlCommand(sql, connection);
                foreach (var value in values)
                {
                    PostgresParameters.Add(command.Parameters, value);
                }

                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await read(reader);
            }
            catch (Exception fault) when (
                attempt == 0 && PostgresErrors.IsDown(fault) && !cancellationToken.IsCancellationRequested)
            {
                source.Clear();
            }
        }
    }
}
