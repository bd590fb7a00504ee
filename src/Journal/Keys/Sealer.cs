using System.Security.Cryptography;
using System.Text;
using BitFaster.Caching.Lru;

namespace Orkestron.Journal.Keys;

/// <summary>Seals content under keys derived from the subject's key. Completes at once when the key is in memory.</summary>
internal sealed class Sealer(SubjectKeys keys, JournalOptions options) : ISealer
{
    private const int KeyLength = 32;
    private static readonly byte[] Salt = "orkestron.sealer.1"u8.ToArray();
    private readonly ConcurrentLru<(string Subject, string Context), Derived> _derived = new(options.MaxCachedKeys);

    public ValueTask<byte[]> SealAsync(string subject, string context, ReadOnlyMemory<byte> content)
    {
        return keys.TryGetCached(subject) is { } cached ? new(Seal(cached)) : ReadAsync();

        async ValueTask<byte[]> ReadAsync() => Seal((await keys.ReadAsync(subject, create: true))!);

        byte[] Seal(SubjectKey key)
        {
            var derived = Derive(key.Key ?? throw new SubjectErasedException(), subject, context);
            return AesGcmBox.Seal(derived.Key, content.Span, derived.Bound);
        }
    }

    public ValueTask<byte[]?> OpenAsync(string subject, string context, ReadOnlyMemory<byte> sealedContent)
    {
        return keys.TryGetCached(subject) is { } cached ? new(Open(cached)) : ReadAsync();

        // What was sealed has a key or a tombstone; reading must not make a key for a subject that never had one.
        async ValueTask<byte[]?> ReadAsync() => Open(await keys.ReadAsync(subject, create: false)
            ?? throw new CryptographicException("The subject has no key: this content was not sealed under it."));

        byte[]? Open(SubjectKey key)
        {
            if (key.Key is null)
            {
                return null;
            }

            var derived = Derive(key.Key, subject, context);
            return AesGcmBox.Open(derived.Key, sealedContent.Span, derived.Bound);
        }
    }

    private Derived Derive(byte[] parent, string subject, string context)
    {
        // Only ever derived from the key at hand: a destroyed or re-read key's children are not used.
        if (_derived.TryGet((subject, context), out var found) && ReferenceEquals(found.Parent, parent))
        {
            return found;
        }

        // Length-prefixed, so that no other split of the two texts gives the same bytes.
        var bound = Encoding.UTF8.GetBytes($"{subject.Length}:{subject}:{context}");
        var derived = new Derived(parent, HKDF.DeriveKey(HashAlgorithmName.SHA256, parent, KeyLength, Salt, bound), bound);
        _derived.AddOrUpdate((subject, context), derived);
        return derived;
    }

    private sealed record Derived(byte[] Parent, byte[] Key, byte[] Bound);
}
