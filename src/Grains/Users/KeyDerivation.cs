using System.Security.Cryptography;

namespace Orkestron.Grains.Users;

/// <summary>Makes a key of a password. Slow on purpose, in proportion to the iterations.</summary>
internal interface IKeyDerivation
{
    /// <summary>Fills the key.</summary>
    /// <param name="password">Up to 128 characters.</param>
    /// <param name="salt">From 1 byte.</param>
    /// <param name="key">The key to fill, from 1 byte.</param>
    /// <param name="iterations">From 1.</param>
    /// <param name="algorithm">The hash within.</param>
    void Derive(string password, ReadOnlySpan<byte> salt, Span<byte> key, int iterations, HashAlgorithmName algorithm);
}

/// <summary>PBKDF2.</summary>
internal sealed class Pbkdf2 : IKeyDerivation
{
    public void Derive(string password, ReadOnlySpan<byte> salt, Span<byte> key, int iterations, HashAlgorithmName algorithm) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, key, iterations, algorithm);
}
