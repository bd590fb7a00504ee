using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Users;

namespace Orkestron.Grains.Users;

/// <summary>
/// Hashes passwords off the grains' threads: each takes about a tenth of a second of a core. A hash is written as ASP.NET
/// Core Identity does: PBKDF2 with HMAC-SHA512, its salt and its iterations.
/// </summary>
internal sealed class Passwords(IKeyDerivation derivation, IOptions<AccountOptions> options) : IDisposable
{
    private const byte Format = 1;
    private const int Header = 13;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    // Its number in the format, among those that Identity knows.
    private const int Sha512 = 2;

    // Hashing must leave a core for everything else.
    private readonly SemaphoreSlim _gate = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly Recipe _nobody = New(options.Value.PasswordIterations);
    private int _running;

    /// <summary>Whether so many passwords wait that another one is to come back later.</summary>
    public bool Busy => Volatile.Read(ref _running) >= options.Value.MaxPasswordsWaiting;

    /// <summary>Hashes with a salt of its own.</summary>
    public Task<string> HashAsync(string password) => RunAsync(New(options.Value.PasswordIterations), password);

    /// <summary>
    /// Hashes with the salt and the iterations of another hash, so that both are equal when the passwords are. Without
    /// another one the same work is done; what a hash of fewer iterations saves is done too, or the time would tell that
    /// there is one.
    /// </summary>
    public Task<string> HashLikeAsync(string? hash, string password) => RunAsync(Read(hash) ?? _nobody, password);

    /// <summary>Whether two hashes are the same. Takes the same time wherever they differ.</summary>
    public static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    public void Dispose() => _gate.Dispose();

    private static Recipe New(int iterations) =>
        new(Sha512, iterations, RandomNumberGenerator.GetBytes(SaltBytes), KeyBytes);

    private static Recipe? Read(string? hash)
    {
        var bytes = new byte[256];
        if (string.IsNullOrEmpty(hash) || !Convert.TryFromBase64String(hash, bytes, out var length)
            || length < Header || bytes[0] != Format)
        {
            return null;
        }

        var salt = Number(bytes, 9);
        var key = length - Header - salt;
        return salt is > 0 and <= 128 && key > 0
            ? new Recipe(Number(bytes, 1), Number(bytes, 5), bytes[Header..(Header + salt)], key)
            : null;
    }

    private static int Number(byte[] bytes, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    private string Hash(Recipe recipe, string password)
    {
        var bytes = new byte[Header + recipe.Salt.Length + recipe.KeyBytes];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), (uint)recipe.Function);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)recipe.Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), (uint)recipe.Salt.Length);
        recipe.Salt.CopyTo(bytes, Header);
        derivation.Derive(
            password, recipe.Salt, bytes.AsSpan(Header + recipe.Salt.Length), recipe.Iterations, Algorithm(recipe.Function));
        if (options.Value.PasswordIterations - recipe.Iterations is > 0 and var rest)
        {
            derivation.Derive(password, recipe.Salt, new byte[KeyBytes], rest, HashAlgorithmName.SHA512);
        }

        return Convert.ToBase64String(bytes);
    }

    private static HashAlgorithmName Algorithm(int function) => function switch
    {
        0 => HashAlgorithmName.SHA1,
        1 => HashAlgorithmName.SHA256,
        _ => HashAlgorithmName.SHA512,
    };

    private async Task<string> RunAsync(Recipe recipe, string password)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await _gate.WaitAsync();
            try
            {
                return await Task.Run(() => Hash(recipe, password));
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private sealed record Recipe(int Function, int Iterations, byte[] Salt, int KeyBytes);
}
