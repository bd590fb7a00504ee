using Npgsql;
using NpgsqlTypes;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Postgres;

/// <summary>The journal in PostgreSQL. Writes and reads have pools of their own: readers never starve the writer.</summary>
internal sealed class PostgresStore : IJournalStore
{
    private const string Heads =
        """
        SELECT s.stream, (SELECT max(e.version) FROM journal_events e WHERE e.stream = s.stream)
        FROM unnest($1) AS s(stream)
        """;

    private const string Standing =
        """
        SELECT a.place FROM unnest($1, $2, $3, $4, $5) AS a(place, stream, first, last, append_id)
        JOIN journal_events f ON f.stream = a.stream AND f.version = a.first AND f.append_id = a.append_id
        JOIN journal_events l ON l.stream = a.stream AND l.version = a.last AND l.append_id = a.append_id
        """;

    private readonly NpgsqlDataSource _writes;
    private readonly PostgresReads _reads;
    private readonly TimeProvider _clock;

    public PostgresStore(string connectionString, JournalOptions options, TimeProvider clock)
    {
        _clock = clock;
        _writes = PostgresSources.CreateWriter(connectionString, options);
        _reads = new PostgresReads(
            PostgresSources.Create(connectionString, options, "orkestron-journal-reader", options.MaxReadConnections));
    }

    public Task OpenAsync(RowTables tables, CancellationToken cancellationToken) =>
        PostgresSchema.MigrateAsync(_writes, tables, _clock, cancellationToken);

    public async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        _writes.Clear();
        await using var connection = await _writes.OpenConnectionAsync(cancellationToken);
        // A table of ours must be readable and the server must take writes.
        await using var command = new NpgsqlCommand(
            "SELECT pg_is_in_recovery() FROM (SELECT max(version) FROM journal_schema_version) v", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new IOException("The PostgreSQL server is a standby: it takes no writes.");
        }
    }

    public bool IsDown(Exception fault) => PostgresErrors.IsDown(fault);

    public async Task<bool> CommitAsync(BatchPlan plan)
    {
        try
        {
            await using var connection = await _writes.OpenConnectionAsync();
            // Sent with one sync message: PostgreSQL runs the statements as one transaction and commits at its end.
            await using var batch = connection.CreateBatch();
            PostgresBatch.Fill(batch.BatchCommands, plan);
            await batch.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException fault) when (PostgresErrors.IsConflict(fault))
        {
            return false;
        }
        catch (Exception fault) when (PostgresErrors.IsDown(fault))
        {
            // What else waits in the pool died with it.
            _writes.Clear();
            throw;
        }
    }

    public async Task<KnownHeads> ReadHeadsAsync(IReadOnlyList<WriteItem> items)
    {
        await using var connection = await _writes.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        var appends = items.SelectMany(item => item.Appends).Where(item => item.Append.Events.Count > 0).ToArray();
        string[] streams = [.. appends.Select(item => item.Append.Stream).Distinct()];
        string[] keys = [.. items.OfType<StateItem>().Select(item => item.Key).Distinct()];
        PostgresBatch.Add(batch.BatchCommands, Heads).WithArray(streams, NpgsqlDbType.Text);
        PostgresBatch.Add(batch.BatchCommands, Standing)
            .WithArray([.. Enumerable.Range(0, appends.Length)], NpgsqlDbType.Integer)
            .WithArray(Array.ConvertAll(appends, item => item.Append.Stream), NpgsqlDbType.Text)
            .WithArray(Array.ConvertAll(appends, item => item.Append.ExpectedVersion + 1), NpgsqlDbType.Bigint)
            .WithArray(
                Array.ConvertAll(appends, item => item.Append.ExpectedVersion + item.Append.Events.Count),
                NpgsqlDbType.Bigint)
            .WithArray(Array.ConvertAll(appends, item => item.Append.AppendId), NpgsqlDbType.Uuid);
        PostgresBatch.Add(batch.BatchCommands, "SELECT key, version, content FROM journal_states WHERE key = ANY ($1)")
            .WithArray(keys, NpgsqlDbType.Text);
        return await ReadHeadsAsync(batch, appends);
    }

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken) =>
        _reads.LoadAsync(stream, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventRange range, CancellationToken cancellationToken) =>
        _reads.ReadAsync(range, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ScanAsync(
        string stream, long afterVersion, string endStream, int limit, CancellationToken cancellationToken) =>
        _reads.ScanAsync(stream, afterVersion, endStream, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken) =>
        _reads.QueryAsync(query, cancellationToken);

    public ValueTask<long> AggregateAsync(RowQuery query, string? sumColumn, CancellationToken cancellationToken) =>
        _reads.AggregateAsync(query, sumColumn, cancellationToken);

    public ValueTask<StoredState?> ReadStateAsync(string key, CancellationToken cancellationToken) =>
        _reads.StateAsync(key, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _reads.DisposeAsync();
    }

    private static async Task<KnownHeads> ReadHeadsAsync(NpgsqlBatch batch, AppendItem[] appends)
    {
        var known = new KnownHeads();
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            known.Streams.Add(reader.GetString(0), await reader.IsDBNullAsync(1) ? 0 : reader.GetInt64(1));
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            known.Duplicates.Add(appends[reader.GetInt32(0)]);
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            known.States.Add(reader.GetString(0), new StoredState(reader.GetFieldValue<byte[]>(2), reader.GetInt64(1)));
        }

        return known;
    }
}
