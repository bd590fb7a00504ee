using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Common;

/// <summary>"Seals" by writing subject and context before the content, and tells whether they fit.</summary>
internal sealed class PlainSealer : ISealer
{
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);

    public void Erase(string subject) => _erased.Add(subject);

    public ValueTask<byte[]> SealAsync(string subject, string context, ReadOnlyMemory<byte> content) =>
        _erased.Contains(subject)
            ? ValueTask.FromException<byte[]>(new SubjectErasedException())
            : new([.. Head(subject, context), .. content.Span]);

    public ValueTask<byte[]?> OpenAsync(string subject, string context, ReadOnlyMemory<byte> sealedContent)
    {
        var head = Head(subject, context);
        if (_erased.Contains(subject))
        {
            return new((byte[]?)null);
        }

        return sealedContent.Span.StartsWith(head)
            ? new(sealedContent[head.Length..].ToArray())
            : throw new System.Security.Cryptography.CryptographicException("Sealed under another subject or context.");
    }

    private static byte[] Head(string subject, string context) => System.Text.Encoding.UTF8.GetBytes($"{subject}|{context}|");
}
