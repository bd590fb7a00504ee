using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Sqlite;

/// <summary>Reads on a bounded pool of read-only connections. They see what is committed and never block the writer.</summary>
internal sealed class SqliteReads(string file, JournalOptions options) : IAsyncDisposable
{
    private const string EventColumns = "stream, version, append_id, type, at, body, sealed";

    // One statement, one snapshot of the database: a snapshot written in between cannot hide events.
    private const string Load =
        """
        SELECT version, NULL, NULL, NULL, body, sealed, 0 AS part FROM journal_snapshots WHERE stream = $1
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

    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private readonly SemaphoreSlim _free = new(options.MaxReadConnections);
    private volatile bool _closed;

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken) => RunAsync(
        Load,
        [stream],
        reader =>
        {
            StoredSnapshot? snapshot = null;
            var events = new List<StoredEvent>();
            while (reader.Read())
            {
                var version = reader.GetInt64(0);
                var body = reader.GetFieldValue<byte[]>(4);
                var content = reader.GetFieldValue<byte[]>(5);
                if (reader.GetInt64(6) == 0)
                {
                    snapshot = new StoredSnapshot(version, body, content);
                }
                else
                {
                    var id = new Guid(reader.GetFieldValue<byte[]>(1));
                    var at = Instants.FromMicroseconds(reader.GetInt64(3));
                    events.Add(new StoredEvent(stream, version, id, reader.GetString(2), at, body, content));
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
        var sql = QuerySql.Select(query, SqliteDialect.Instance);
        return RunAsync(
            sql.ToString(),
            sql.Values,
            reader =>
            {
                var rows = new List<Row>();
                while (reader.Read())
                {
                    var values = new object?[reader.FieldCount];
                    for (var i = 0; i < values.Length; i++)
                    {
                        values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                    }

                    rows.Add(new Row(values));
                }

                return (IReadOnlyList<Row>)rows;
            },
            cancellationToken);
    }

    public ValueTask<long> AggregateAsync(RowQuery query, string? sumColumn, CancellationToken cancellationToken)
    {
        var sql = QuerySql.Aggregate(query, sumColumn, SqliteDialect.Instance);
        return RunAsync(sql.ToString(), sql.Values, reader => reader.Read() ? reader.GetInt64(0) : 0, cancellationToken);
    }

    public ValueTask<StoredState?> StateAsync(string key, CancellationToken cancellationToken) => RunAsync(
        "SELECT content, version FROM journal_states WHERE key = $1",
        [key],
        reader => reader.Read() ? new StoredState(reader.GetFieldValue<byte[]>(0), reader.GetInt64(1)) : null,
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        // Waits for the reads under way.
        for (var i = 0; i < options.MaxReadConnections; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(
        string sql, IReadOnlyList<object> values, CancellationToken cancellationToken) => RunAsync(
        sql,
        values,
        reader =>
        {
            var events = new List<StoredEvent>();
            while (reader.Read())
            {
                events.Add(new StoredEvent(
                    reader.GetString(0),
                    reader.GetInt64(1),
                    new Guid(reader.GetFieldValue<byte[]>(2)),
                    reader.GetString(3),
                    Instants.FromMicroseconds(reader.GetInt64(4)),
                    reader.GetFieldValue<byte[]>(5),
                    reader.GetFieldValue<byte[]>(6)));
            }

            return (IReadOnlyList<StoredEvent>)events;
        },
        cancellationToken);

    private async ValueTask<T> RunAsync<T>(
        string sql, IReadOnlyList<object> values, Func<SqliteDataReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_idle.TryTake(out var connection))
            {
                connection = new SqliteReader(SqliteConnections.OpenReader(file, options.CommandTimeoutSeconds));
            }

            var healthy = false;
            try
            {
                var result = connection.Run(sql, values, read);
                healthy = true;
                return result;
            }
            finally
            {
                if (healthy)
                {
                    _idle.Add(connection);
                }
                else
                {
                    connection.Dispose();
                }
            }
        }
        finally
        {
            _free.Release();
        }
    }
}
