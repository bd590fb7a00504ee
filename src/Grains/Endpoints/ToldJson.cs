using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Orkestron.Grains.Endpoints;

/// <summary>Reads JSON of hostile origin. Pure.</summary>
public static class ToldJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads one JSON value: well-formed UTF-8, no member twice, at most 64 deep.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonElement? json)
    {
        json = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
