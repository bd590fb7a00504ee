using Microsoft.Data.Sqlite;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Sqlite;

/// <summary>The journal in one SQLite file: one connection that writes, a pool of others that read beside it (WAL).</summary>
internal sealed class SqliteStore(string folder, JournalOptions options, TimeProvider clock) : IJournalStore
{
    private SqliteFolder? _folder;
    private SqliteConnection? _connection;
    private SqliteBatch? _batch;
    private SqliteReads? _reads;

    private string File => Path.Combine(folder, "journal.db");

    public Task OpenAsync(RowTables tables, CancellationToken cancellationToken)
    {
        _folder ??= SqliteFolder.Open(folder);
        Connect();
        SqliteSchema.Migrate(_connection!, tables, clock);
        _reads ??= new SqliteReads(File, options);
        return Task.CompletedTask;
    }

    public Task ReconnectAsync(CancellationToken cancellationToken)
    {
        Connect();
        // Takes the lock and reads a page: what a batch needs at least.
        _batch!.Statement("BEGIN IMMEDIATE", 0).Run();
        _batch.Statement("SELECT count(*) FROM journal_schema_version", 0).Run();
        _batch.Statement("ROLLBACK", 0).Run();
        return Task.CompletedTask;
    }

    public bool IsDown(Exception fault) => SqliteErrors.IsDown(fault);

    public Task<bool> CommitAsync(BatchPlan plan)
    {
        try
        {
            if (_batch is null)
            {
                Connect();
            }

            return Task.FromResult(_batch!.Commit(plan));
        }
        catch (Exception fault) when (SqliteErrors.IsDown(fault))
        {
            // A connection after such a fault may be inside a transaction: the next batch gets a new one.
            Disconnect();
            throw;
        }
    }

    public Task<KnownHeads> ReadHeadsAsync(IReadOnlyList<WriteItem> items)
    {
        try
        {
            if (_batch is null)
            {
                Connect();
            }

            return Task.FromResult(SqliteHeads.Read(_batch!, items));
        }
        catch (Exception fault) when (SqliteErrors.IsDown(fault))
        {
            Disconnect();
            throw;
        }
    }

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken) =>
        _reads!.LoadAsync(stream, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventRange range, CancellationToken cancellationToken) =>
        _reads!.ReadAsync(range, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ScanAsync(
        string stream, long afterVersion, string endStream, int limit, CancellationToken cancellationToken) =>
        _reads!.ScanAsync(stream, afterVersion, endStream, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken) =>
        _reads!.QueryAsync(query, cancellationToken);

    public ValueTask<long> AggregateAsync(RowQuery query, string? sumColumn, CancellationToken cancellationToken) =>
        _reads!.AggregateAsync(query, sumColumn, cancellationToken);

    public ValueTask<StoredState?> ReadStateAsync(string key, CancellationToken cancellationToken) =>
        _reads!.StateAsync(key, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_reads is not null)
        {
            await _reads.DisposeAsync();
        }

        Disconnect();
        _folder?.Dispose();
    }

    private void Connect()
    {
        Disconnect();
        _connection = SqliteConnections.OpenWriter(File, options.CommandTimeoutSeconds);
        _batch = new SqliteBatch(_connection);
    }

    private void Disconnect()
    {
        _batch?.Dispose();
        _connection?.Dispose();
        _batch = null;
        _connection = null;
    }
}
