namespace Orkestron.Journal.Keys;

/// <summary>A subject's key as it is stored: wrapped, or null when it was destroyed.</summary>
internal readonly record struct KeyRow(byte[]? Wrapped);

/// <summary>The table of wrapped keys. Every change is durable before it returns.</summary>
internal interface IKeyStore : IAsyncDisposable
{
    /// <summary>Creates or migrates the schema.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>What was wrapped to recognise the master key by; null when nothing was ever wrapped.</summary>
    ValueTask<byte[]?> ReadCheckAsync(CancellationToken cancellationToken);

    /// <summary>Stores the check unless there is one.</summary>
    ValueTask AddCheckAsync(byte[] check, CancellationToken cancellationToken);

    ValueTask<KeyRow?> FindAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Stores the key unless the subject has one, or had one; answers what stands.</summary>
    ValueTask<KeyRow> AddAsync(string subject, byte[] wrapped, CancellationToken cancellationToken);

    /// <summary>Forgets the key and leaves a tombstone.</summary>
    Task DestroyAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Whether the fault means that the store, not the request, is at fault.</summary>
    bool IsDown(Exception fault);
}
