using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orkestron.Journal.Keys;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Writing;

/// <summary>The journal over a store: checks what comes in, writes through the one writer, reads beside it.</summary>
internal sealed class GroupCommitJournal : IJournal, IStateStore, IAsyncDisposable
{
    private const int MaxRead = 10_000;
    private const int ScanPage = 500;
    private readonly IJournalStore _store;
    private readonly SubjectKeys _keys;
    private readonly JournalOptions _options;
    private readonly RowTables _tables;
    private readonly WriteCheck _check;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _started;
    private bool _disposed;

    public GroupCommitJournal(
        IJournalStore store,
        SubjectKeys keys,
        IEnumerable<RowTable> tables,
        JournalOptions options,
        TimeProvider clock,
        ILogger<JournalWriter> logger)
    {
        _store = store;
        _keys = keys;
        _options = options;
        _tables = new RowTables(tables);
        _check = new WriteCheck(_tables, options);
        Writer = new JournalWriter(store, options, clock, logger);
    }

    internal JournalWriter Writer { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_started)
            {
                return;
            }

            await _store.OpenAsync(_tables, cancellationToken);
            await _keys.OpenAsync(cancellationToken);
            Writer.Start();
            _started = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _started ? Writer.StopAsync(cancellationToken) : Task.CompletedTask;

    public Task<AppendResult> AppendAsync(Append append) => Send(() => _check.Check(append));

    public LinkedAnswers AppendLinked(Append first, Append second, AppendLink link)
    {
        try
        {
            ThrowUnlessStarted();
            var item = WriteCheck.Link(_check.Check(first), _check.Check(second), link);
            _ = Writer.Send(item);
            return new LinkedAnswers(item.First.Completion, item.Second.Completion);
        }
        catch (Exception fault)
        {
            var failed = Task.FromException<AppendResult>(fault);
            return new LinkedAnswers(failed, failed);
        }
    }

    public Task<AppendResult> WriteAsync(string key, long expectedVersion, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Send(() => _check.Check(key, expectedVersion, bytes));
    }

    public Task<AppendResult> DeleteAsync(string key, long expectedVersion) =>
        Send(() => _check.Check(key, expectedVersion, null));

    public async Task DeleteStreamAsync(string stream, CancellationToken cancellationToken = default) =>
        await Send(() => WriteCheck.CheckDeletion(stream)).WaitAsync(cancellationToken);

    public ValueTask<StoredState?> ReadAsync(string key, CancellationToken cancellationToken = default) =>
        ReadAsync(() => _store.ReadStateAsync(key, cancellationToken), cancellationToken);

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken = default) =>
        ReadAsync(() => _store.LoadAsync(stream, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken = default) =>
        RangeAsync(new EventRange(stream, afterVersion, limit, Backwards: false), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBackAsync(
        string stream, long beforeVersion, int limit, CancellationToken cancellationToken = default) =>
        RangeAsync(new EventRange(stream, beforeVersion, limit, Backwards: true), cancellationToken);

    public async IAsyncEnumerable<StoredEvent> ScanAsync(
        string streamPrefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // No stream's name goes on with the last character there is, so the prefix followed by it ends the range.
        var end = streamPrefix + "\U0010FFFF";
        var (stream, version) = (streamPrefix, -1L);
        while (true)
        {
            var (fromStream, fromVersion) = (stream, version);
            var page = await ReadAsync(
                () => _store.ScanAsync(fromStream, fromVersion, end, ScanPage, cancellationToken), cancellationToken);
            foreach (var each in page)
            {
                yield return each;
            }

            if (page.Count < ScanPage)
            {
                yield break;
            }

            (stream, version) = (page[^1].Stream, page[^1].Version);
        }
    }

    public ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default)
    {
        var declared = QueryCheck.Check(_tables, query);
        return ReadAsync(() => _store.QueryAsync(declared, cancellationToken), cancellationToken);
    }

    public ValueTask<long> SumAsync(RowQuery query, string column, CancellationToken cancellationToken = default)
    {
        var declared = QueryCheck.Check(_tables, query);
        QueryCheck.Summable(declared.Table, column);
        return ReadAsync(() => _store.AggregateAsync(declared, column, cancellationToken), cancellationToken);
    }

    public ValueTask<long> CountAsync(RowQuery query, CancellationToken cancellationToken = default)
    {
        var declared = QueryCheck.Check(_tables, query);
        return ReadAsync(() => _store.AggregateAsync(declared, null, cancellationToken), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync(CancellationToken.None);
        Writer.Dispose();
        await _store.DisposeAsync();
        _gate.Dispose();
    }

    private Task<AppendResult> Send(Func<WriteItem> check)
    {
        try
        {
            ThrowUnlessStarted();
            return Writer.Send(check());
        }
        catch (Exception fault)
        {
            return Task.FromException<AppendResult>(fault);
        }
    }

    private ValueTask<IReadOnlyList<StoredEvent>> RangeAsync(EventRange range, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(range.Limit, 1, "limit");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.Limit, MaxRead, "limit");
        return ReadAsync(() => _store.ReadAsync(range, cancellationToken), cancellationToken);
    }

    private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read, CancellationToken cancellationToken)
    {
        ThrowUnlessStarted();
        try
        {
            return await read();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && _store.IsDown(fault))
        {
            throw new JournalUnavailableException("The journal's store cannot be read now.", _options.MinBackoff, fault);
        }
    }

    private void ThrowUnlessStarted()
    {
        if (!_started)
        {
            // Other nodes may ask this one as soon as it has joined them.
            throw new JournalUnavailableException("The journal is not started yet.", _options.MinBackoff, null);
        }
    }
}
