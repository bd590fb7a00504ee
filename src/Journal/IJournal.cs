namespace Orkestron.Journal;

/// <summary>
/// One durable, append-only log for all grains of a process. Everything that waits is written in one transaction and
/// one commit (group commit); an append completes only after the commit that holds it.
/// </summary>
public interface IJournal
{
    /// <summary>Creates or migrates the schema, declared row tables included, and starts the writer. Call once.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Refuses new appends, writes what was accepted, and stops.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Appends events, row changes and a snapshot, all or nothing. The request takes its place in the queue before this
    /// method returns, so a caller may send the next append of a stream without awaiting the one before.
    /// </summary>
    /// <returns>
    /// <see cref="AppendStatus.Appended"/> once durable, also when this append id already stands at these versions;
    /// <see cref="AppendStatus.Conflict"/> when the stream stands elsewhere than expected: drop the state and load again.
    /// </returns>
    /// <exception cref="JournalUnavailableException">The queue is full or the store is down. Nothing of this append is
    /// durable, unless the fault struck during the commit: send it again with the same append id.</exception>
    Task<AppendResult> AppendAsync(Append append);

    /// <summary>
    /// Appends to two streams in one transaction: after a crash either both are there or neither. Both take their place in
    /// the queue before this method returns.
    /// </summary>
    /// <param name="first">An append with events.</param>
    /// <param name="second">An append with events, to another stream.</param>
    /// <param name="link">What becomes of one when the other meets a conflict.</param>
    /// <returns>An answer for each, as <see cref="AppendAsync"/> gives it, faults included.</returns>
    LinkedAnswers AppendLinked(Append first, Append second, AppendLink link);

    /// <summary>Reads the newest snapshot of a stream, if any, and all events after it, in order.</summary>
    ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Reads up to <paramref name="limit"/> events after a version, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads up to <paramref name="limit"/> events before a version, newest first.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadBackAsync(
        string stream, long beforeVersion, int limit, CancellationToken cancellationToken = default);

    /// <summary>Every event of every stream whose name starts with the prefix, stream by stream: to rebuild and audit.</summary>
    IAsyncEnumerable<StoredEvent> ScanAsync(string streamPrefix, CancellationToken cancellationToken = default);

    /// <summary>Reads projected rows.</summary>
    ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sums an integer column over the rows that match; 0 over none.</summary>
    ValueTask<long> SumAsync(RowQuery query, string column, CancellationToken cancellationToken = default);

    /// <summary>Counts the rows that match.</summary>
    ValueTask<long> CountAsync(RowQuery query, CancellationToken cancellationToken = default);

    /// <summary>Deletes a stream, its events and its snapshot, for good.</summary>
    Task DeleteStreamAsync(string stream, CancellationToken cancellationToken = default);
}
