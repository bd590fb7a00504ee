using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Writing;

/// <summary>A database under the journal. Writes come from one loop, one at a time; reads from anywhere.</summary>
internal interface IJournalStore : IAsyncDisposable
{
    /// <summary>Creates or migrates the schema.</summary>
    Task OpenAsync(RowTables tables, CancellationToken cancellationToken);

    /// <summary>Answers when the store can be written again, throws when it cannot.</summary>
    Task ReconnectAsync(CancellationToken cancellationToken);

    /// <summary>Whether the fault means that the store, not the request, is at fault.</summary>
    bool IsDown(Exception fault);

    Task<KnownHeads> ReadHeadsAsync(IReadOnlyList<WriteItem> items);

    /// <summary>Writes all of the plan in one transaction and one commit.</summary>
    /// <returns>Whether it was committed; false when the store stands elsewhere than the plan expects.</returns>
    Task<bool> CommitAsync(BatchPlan plan);

    ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventRange range, CancellationToken cancellationToken);

    /// <summary>Events after (stream, version), of streams from one name up to, not including, another.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ScanAsync(
        string stream, long afterVersion, string endStream, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken);

    ValueTask<long> AggregateAsync(RowQuery query, string? sumColumn, CancellationToken cancellationToken);

    ValueTask<StoredState?> ReadStateAsync(string key, CancellationToken cancellationToken);
}

/// <summary>Events of a stream after (or, backwards, before) a version.</summary>
internal readonly record struct EventRange(string Stream, long Version, int Limit, bool Backwards);
