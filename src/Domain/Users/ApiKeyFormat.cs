using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Domain.Users;

/// <summary>The form of API keys: <c>ork_</c> and 32 random bytes in base64url. Only their hash is kept.</summary>
public static class ApiKeyFormat
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "ork_";

    /// <summary>A new key.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether a text can be a key at all.</summary>
    public static bool LooksRight(string? text) =>
        text is { Length: 47 } && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>SHA-256 in hexadecimal: enough for a secret of 256 bits.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
