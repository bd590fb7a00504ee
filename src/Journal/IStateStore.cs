namespace Orkestron.Journal;

/// <summary>A state as it stands in the store.</summary>
/// <param name="Bytes">The content.</param>
/// <param name="Version">How many times it was written; 1 or more.</param>
public sealed record StoredState(byte[] Bytes, long Version);

/// <summary>States of grains that are overwritten rather than appended to, written by the journal's group commit.</summary>
public interface IStateStore
{
    /// <summary>Reads a state; null when there is none.</summary>
    /// <param name="key">At most 400 characters.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<StoredState?> ReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes a state if it stands at the expected version: 0 for a new one.</summary>
    /// <returns>
    /// <see cref="AppendStatus.Appended"/> and the new version once durable, also when the same bytes already stand one
    /// version further (a retry); <see cref="AppendStatus.Conflict"/> and the present version otherwise.
    /// </returns>
    /// <exception cref="JournalUnavailableException">The queue is full or the store is down.</exception>
    Task<AppendResult> WriteAsync(string key, long expectedVersion, byte[] bytes);

    /// <summary>Deletes a state if it stands at the expected version. A state that is already gone is answered as done.</summary>
    /// <exception cref="JournalUnavailableException">The queue is full or the store is down.</exception>
    Task<AppendResult> DeleteAsync(string key, long expectedVersion);
}
