using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orkestron.Grains.Users;

namespace Orkestron.Grains.Tests.Common;

/// <summary>Makes keys of passwords, and counts what takes the time.</summary>
internal sealed class CountedKeys : IKeyDerivation
{
    private readonly Pbkdf2 _inner = new();
    private readonly ConcurrentQueue<MadeKey> _made = new();

    public void Derive(string password, ReadOnlySpan<byte> salt, Span<byte> key, int iterations, HashAlgorithmName algorithm)
    {
        _made.Enqueue(new MadeKey(iterations, algorithm.Name, salt.Length, key.Length));
        _inner.Derive(password, salt, key, iterations, algorithm);
    }

    /// <summary>What was made since this was asked last.</summary>
    public List<MadeKey> Take()
    {
        var taken = new List<MadeKey>();
        while (_made.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }
}

/// <summary>A key that was made of a password.</summary>
internal sealed record MadeKey(int Iterations, string? Algorithm, int SaltBytes, int KeyBytes);
