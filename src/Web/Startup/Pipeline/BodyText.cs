using System.Text;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>Converts a body of a known character set to UTF-8. Pure.</summary>
internal static class BodyText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The encoding of a Content-Type; null for UTF-8, which is the default. False when the encoding is not supported.</summary>
    public static bool TryEncoding(string? contentType, out string? charset, out Encoding? encoding)
    {
        encoding = null;
        charset = MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue
            ? HeaderUtilities.RemoveQuotes(type.Charset).ToString()
            : null;
        if (charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // UTF-7 can hide characters from checks, so it is not supported.
        if (charset.StartsWith("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            encoding = Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return encoding.CodePage != 65000;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The body as UTF-8 without byte order mark; null when it is not valid in the encoding.</summary>
    /// <param name="body">The bytes sent.</param>
    /// <param name="encoding">Their encoding, null for UTF-8.</param>
    /// <param name="wrongAt">The offset of the first byte that is not UTF-8.</param>
    public static ArraySegment<byte>? ToUtf8(ArraySegment<byte> body, Encoding? encoding, out int wrongAt)
    {
        wrongAt = 0;
        if (encoding is not null)
        {
            try
            {
                var text = encoding.GetString(body.AsSpan());
                return Encoding.UTF8.GetBytes(text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        if (!Utf8.IsValid(body))
        {
            wrongAt = FirstWrong(body);
            return null;
        }

        return body.AsSpan().StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
    }

    /// <summary>Line and byte within it, both from 1, of an offset.</summary>
    public static (int Line, int Byte) Place(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..offset];
        return (before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n'));
    }

    private static int FirstWrong(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return at;
    }
}
