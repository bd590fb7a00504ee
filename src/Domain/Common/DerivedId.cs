using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Domain;

/// <summary>Ids made from what they stand for: the same whenever they are computed, so that there is one.</summary>
public static class DerivedId
{
    /// <summary>A version 8 UUID from the SHA-256 of a name.</summary>
    public static Guid Of(string name) => Of(Encoding.UTF8.GetBytes(name));

    /// <inheritdoc cref="Of(string)"/>
    public static Guid Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
