using System.Security.Cryptography;

namespace Orkestron.Journal.Keys;

/// <summary>AES-256-GCM in one layout: a format byte, a 12-byte nonce, the ciphertext, a 16-byte tag.</summary>
internal static class AesGcmBox
{
    private const byte Format = 1;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Overhead = 1 + Nonce + Tag;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> authenticated)
    {
        var box = new byte[content.Length + Overhead];
        box[0] = Format;
        var nonce = box.AsSpan(1, Nonce);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, Tag);
        cipher.Encrypt(nonce, content, box.AsSpan(1 + Nonce, content.Length), box.AsSpan(box.Length - Tag), authenticated);
        return box;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or sealed under another key or context.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> authenticated)
    {
        if (box.Length < Overhead || box[0] != Format)
        {
            throw new CryptographicException("The sealed content has a format that this version does not know.");
        }

        var content = new byte[box.Length - Overhead];
        using var cipher = new AesGcm(key, Tag);
        cipher.Decrypt(box.Slice(1, Nonce), box[(1 + Nonce)..^Tag], box[^Tag..], content, authenticated);
        return content;
    }
}
