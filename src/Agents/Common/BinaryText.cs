namespace Orkestron.Agents.Common;

/// <summary>Recognises binary data, such as an archive, an image or a program, that was read as text.</summary>
internal static class BinaryText
{
    // As they look when their bytes were read as UTF-8 or as Windows-1252.
    private static readonly (string Start, string Kind)[] Starts =
    [
        ("PK\u0003\u0004", "a zip archive (or a document of an office program)"),
        ("\u001F\uFFFD\u0008", "a gzip archive"),
        ("\u001F\u008B\u0008", "a gzip archive"),
        ("\u001F\u2039\u0008", "a gzip archive"),
        ("%PDF-", "a PDF file"),
        ("\uFFFDPNG\r\n", "an image"),
        ("\u0089PNG\r\n", "an image"),
        ("\u2030PNG\r\n", "an image"),
        ("\u007FELF", "a program"),
    ];

    /// <summary>What it is, or null when it is text.</summary>
    public static string? Of(string text)
    {
        foreach (var (start, kind) in Starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        // One NUL may stand in a text by mistake; with what was no character beside it, it is none.
        return text.Contains('\0', StringComparison.Ordinal)
            && text.Any(static c => c is '\uFFFD' or (> '\0' and < '\t') or (> '\r' and < ' '))
            ? "binary data (it has a NUL)"
            : null;
    }
}
