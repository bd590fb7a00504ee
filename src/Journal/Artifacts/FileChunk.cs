using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Orkestron.Journal.Artifacts;

/// <summary>
/// A chunk as it is sealed: its number, then the content. The number is authenticated with it, so that chunks cannot be
/// exchanged for one another.
/// </summary>
internal static class FileChunk
{
    /// <summary>Content of a chunk in bytes; only a file's last one is shorter. Sealed, it stays off the large object heap.</summary>
    public const int Size = 65_536;

    private const int Prefix = 4;

    public static string Context(Guid fileId) => $"file/{fileId:N}";

    public static byte[] Pack(int number, ReadOnlySpan<byte> content)
    {
        var packed = new byte[Prefix + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(packed, number);
        content.CopyTo(packed.AsSpan(Prefix));
        return packed;
    }

    /// <exception cref="CryptographicException">It is another chunk.</exception>
    public static ReadOnlyMemory<byte> Unpack(int number, byte[] packed) =>
        packed.Length >= Prefix && BinaryPrimitives.ReadInt32BigEndian(packed) == number
            ? packed.AsMemory(Prefix)
            : throw new CryptographicException("A chunk of the file stands at another's place.");
}
