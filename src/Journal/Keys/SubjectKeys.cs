using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BitFaster.Caching.Lru;

namespace Orkestron.Journal.Keys;

/// <summary>Subjects' keys: stored wrapped, kept in memory for a short while.</summary>
internal sealed class SubjectKeys(IKeyStore store, IMasterKey master, JournalOptions options, TimeProvider clock)
    : ISubjectKeys, IAsyncDisposable
{
    private const int KeyLength = 32;
    private const int MaxSubject = 200;
    private static readonly byte[] Check = "orkestron subject keys"u8.ToArray();
    private readonly ConcurrentLru<string, SubjectKey> _cache = new(options.MaxCachedKeys);
    private readonly ConcurrentDictionary<string, Lazy<Task<SubjectKey?>>> _reads = new(StringComparer.Ordinal);
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.KeyCacheSeconds);
    private byte[]? _master;

    /// <summary>Opens the store and proves that the master key is the one that wrapped what is there.</summary>
    /// <exception cref="InvalidOperationException">The master key is missing or another one.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        var check = await store.ReadCheckAsync(cancellationToken);
        var key = await master.ReadAsync(mayCreate: check is null, cancellationToken);
        if (check is null)
        {
            await store.AddCheckAsync(AesGcmBox.Seal(key, Check, Check), cancellationToken);
            // Another process may have been first: its check counts.
            check = await store.ReadCheckAsync(cancellationToken);
        }

        try
        {
            AesGcmBox.Open(key, check, Check);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidOperationException(
                "This is not the master key that wrapped the stored keys. Configure that one (MasterKeyBase64 or the "
                + "file master.key); all nodes must share it.",
                fault);
        }

        _master = key;
    }

    public async ValueTask<byte[]?> GetOrCreateAsync(string subject, CancellationToken cancellationToken = default) =>
        TryGetCached(subject) is { } cached
            ? cached.Key
            : (await ReadAsync(subject, create: true).WaitAsync(cancellationToken))!.Key;

    public async Task DestroyAsync(string subject, CancellationToken cancellationToken = default)
    {
        CheckSubject(subject);
        try
        {
            await store.DestroyAsync(subject, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && store.IsDown(fault))
        {
            throw Unavailable(fault);
        }

        // A read that began before may still bring the key back into the cache: wait for it, then drop it.
        if (_reads.TryGetValue(subject, out var reading))
        {
            await reading.Value.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        if (_cache.TryGet(subject, out var cached))
        {
            cached.Drop();
            _cache.TryRemove(subject);
        }
    }

    /// <summary>The key if it is in memory and fresh; null when it must be read.</summary>
    internal SubjectKey? TryGetCached(string subject) =>
        _cache.TryGet(subject, out var cached) && cached.IsFresh(clock, _lifetime) ? cached : null;

    /// <summary>Reads the key; null when there is none and none is to be made.</summary>
    /// <exception cref="JournalUnavailableException">The key store is down.</exception>
    internal async Task<SubjectKey?> ReadAsync(string subject, bool create)
    {
        CheckSubject(subject);
        while (true)
        {
            // Everyone who waits for a subject's key waits for one read.
            var reading = _reads.GetOrAdd(subject, static (subject, self) => new(() => self.FetchAsync(subject)), this);
            try
            {
                var found = await reading.Value;
                if (found is not null || !create)
                {
                    return found;
                }
            }
            finally
            {
                _reads.TryRemove(new(subject, reading));
            }

            await CreateAsync(subject);
        }
    }

    internal bool IsFresh(SubjectKey key) => key.IsFresh(clock, _lifetime);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task<SubjectKey?> FetchAsync(string subject)
    {
        var at = clock.GetTimestamp();
        try
        {
            if (await store.FindAsync(subject, CancellationToken.None) is not { } row)
            {
                return null;
            }

            var found = new SubjectKey(row.Wrapped is null ? null : Unwrap(subject, row.Wrapped), at);
            if (_cache.TryGet(subject, out var before))
            {
                before.Drop();
            }

            _cache.AddOrUpdate(subject, found);
            return found;
        }
        catch (Exception fault) when (store.IsDown(fault))
        {
            throw Unavailable(fault);
        }
    }

    private async Task CreateAsync(string subject)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            await store.AddAsync(
                subject, AesGcmBox.Seal(Master, key, Encoding.UTF8.GetBytes(subject)), CancellationToken.None);
        }
        catch (Exception fault) when (store.IsDown(fault))
        {
            throw Unavailable(fault);
        }
    }

    private byte[] Unwrap(string subject, byte[] wrapped) => AesGcmBox.Open(Master, wrapped, Encoding.UTF8.GetBytes(subject));

    private byte[] Master => _master
        ?? throw new InvalidOperationException("The keys are not open. Await IJournal.StartAsync first.");

    private JournalUnavailableException Unavailable(Exception fault) =>
        new("The key store is down.", options.MinBackoff, fault);

    private static void CheckSubject(string subject)
    {
        if (string.IsNullOrEmpty(subject) || subject.Length > MaxSubject || subject.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A subject has 1 to {MaxSubject} characters, without U+0000.", nameof(subject));
        }
    }
}
