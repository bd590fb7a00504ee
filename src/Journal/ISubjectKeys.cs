namespace Orkestron.Journal;

/// <summary>
/// Data keys of subjects (people), 256 bits each, kept apart from the log and wrapped by a master key. To destroy a
/// subject's key is to erase what was sealed under it, in every copy of the log.
/// </summary>
public interface ISubjectKeys
{
    /// <summary>The subject's key, made on first use and durable before it is returned.</summary>
    /// <returns>The 32-byte key, or null when it was destroyed: a destroyed key is never made again.</returns>
    ValueTask<byte[]?> GetOrCreateAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Destroys the key and leaves a tombstone. A second call does nothing.</summary>
    Task DestroyAsync(string subject, CancellationToken cancellationToken = default);
}
