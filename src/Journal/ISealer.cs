namespace Orkestron.Journal;

/// <summary>
/// Seals personal content with AES-256-GCM under a key derived (HKDF-SHA256) from the subject's key and a context, for
/// instance the stream's name, which is authenticated too.
/// </summary>
public interface ISealer
{
    /// <summary>Seals the content: a format byte, a 12-byte nonce, the ciphertext, a 16-byte tag.</summary>
    /// <exception cref="SubjectErasedException">The subject's key was destroyed.</exception>
    ValueTask<byte[]> SealAsync(string subject, string context, ReadOnlyMemory<byte> content);

    /// <summary>Opens sealed content.</summary>
    /// <returns>The content, or null when the subject's key was destroyed.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes were changed.</exception>
    ValueTask<byte[]?> OpenAsync(string subject, string context, ReadOnlyMemory<byte> sealedContent);
}

/// <summary>The subject was erased: nothing can be written about them any more.</summary>
public sealed class SubjectErasedException : Exception
{
    public SubjectErasedException()
        : base("The subject was erased.")
    {
    }

    public SubjectErasedException(string message)
        : base(message)
    {
    }

    public SubjectErasedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
