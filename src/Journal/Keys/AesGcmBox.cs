using System.Security.Cryptography;

namespace Orkestron.Journal.Keys;

/// <summary>AES-256-GCM in one layout: a format byte, a 12-byte nonce, the ciphertext, a 16-byte tag.</summary>
internal static class AesGcmBox
{
    private const byte Format = 1;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Overhead = 1 + Nonce + Tag;

    // To set a cipher up takes longer than to seal or open little, and what is read in turn has one key: each thread keeps its last one.
    [ThreadStatic]
    private static (byte[] Key, AesGcm Cipher)? _last;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> authenticated)
    {
        var box = new byte[content.Length + Overhead];
        box[0] = Format;
        var nonce = box.AsSpan(1, Nonce);
        RandomNumberGenerator.Fill(nonce);
        Cipher(key).Encrypt(nonce, content, box.AsSpan(1 + Nonce, content.Length), box.AsSpan(box.Length - Tag), authenticated);
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
        Cipher(key).Decrypt(box.Slice(1, Nonce), box[(1 + Nonce)..^Tag], box[^Tag..], content, authenticated);
        return content;
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> key)
    {
        if (_last is var (known, cipher))
        {
            if (CryptographicOperations.FixedTimeEquals(known, key))
            {
                return cipher;
            }

            _last = null;
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(known);
        }

        var made = new AesGcm(key, Tag);
        _last = (key.ToArray(), made);
        return made;
    }
}
