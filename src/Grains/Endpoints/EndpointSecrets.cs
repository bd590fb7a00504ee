using System.Security.Cryptography;
using Orkestron.Journal;

namespace Orkestron.Grains.Endpoints;

/// <summary>Secrets that requests to endpoints are signed with, in the form of Standard Webhooks; at rest they are sealed.</summary>
public static class EndpointSecrets
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>A new key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>A key as a provider is shown it.</summary>
    public static string Show(ReadOnlySpan<byte> key) => Prefix + Convert.ToBase64String(key);

    /// <summary>A new token for a challenge.</summary>
    public static string NewToken() => $"okc_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";

    /// <summary>Seals a key for its provider and origin.</summary>
    public static ValueTask<byte[]> SealAsync(this ISealer sealer, string provider, string id, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        return sealer.SealAsync(Subject(provider), Context(id), key);
    }

    /// <summary>Opens a sealed key.</summary>
    /// <exception cref="CryptographicException">It was sealed for another one.</exception>
    public static ValueTask<byte[]?> OpenAsync(this ISealer sealer, string provider, string id, byte[] sealedKey)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        return sealer.OpenAsync(Subject(provider), Context(id), sealedKey);
    }

    private static string Subject(string provider) => $"provider:{provider}";

    private static string Context(string id) => $"endpoint-secret/{id}";
}
