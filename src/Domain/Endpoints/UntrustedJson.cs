using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Orkestron.Contracts;

namespace Orkestron.Domain.Endpoints;

/// <summary>Reads JSON of hostile origin. Pure.</summary>
public static class UntrustedJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads one JSON value: well-formed UTF-8, perhaps behind a byte order mark, no half of a surrogate pair, no member
    /// twice, at most 64 deep.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonElement? json) =>
        TryParse(utf8, out json, out _);

    /// <summary>The same; and what is wrong, as the end of a sentence.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonElement? json, [NotNullWhen(false)] out string? fault)
    {
        json = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            fault = "is not UTF-8";
            return false;
        }

        if (utf8.Span.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        if (JsonText.Find(utf8.Span, static _ => true) is { } half)
        {
            fault = $"cannot be taken. In '{half.Pointer}': {half.Sentence}";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            json = document.RootElement.Clone();
            fault = null;
            return true;
        }
        catch (JsonException)
        {
            fault = "is not JSON";
            return false;
        }
    }
}
