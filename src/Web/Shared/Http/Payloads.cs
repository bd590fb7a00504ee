using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestron.Domain;

namespace Orkestron.Web.Shared.Http;

/// <summary>Converts JSON between the wire and the grains.</summary>
internal static class Payloads
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compact UTF-8, so that whitespace and escapes change neither the price nor the identity of a repeated request.</summary>
    public static Payload ToPayload(this JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            element.WriteTo(writer);
        }

        return new Payload(buffer.WrittenSpan.ToArray());
    }

    public static JsonElement ToElement(this Payload payload) => JsonElement.Parse(payload.Utf8);

    public static JsonElement? ToOptionalElement(this Payload? payload) => payload?.ToElement();
}
