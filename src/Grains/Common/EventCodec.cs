using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestron.Grains.Common;

/// <summary>Bodies of events and snapshots: a format byte, then the content. Format 1 is UTF-8 JSON.</summary>
internal static class EventCodec
{
    private const byte Json = 1;
    private const int MaxKept = 64 << 10;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _kept;

    public static byte[] Write<T>(T value, JsonTypeInfo<T> json)
    {
        var (buffer, writer) = _kept ?? Make();
        // Not kept while in use, nor after a fault.
        _kept = null;
        buffer.GetSpan(1)[0] = Json;
        buffer.Advance(1);
        JsonSerializer.Serialize(writer, value, json);
        writer.Flush();
        var body = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MaxKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            _kept = (buffer, writer);
        }

        return body;
    }

    /// <exception cref="InvalidDataException">The format is not known to this version.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json)
    {
        if (body.Length == 0 || body[0] != Json)
        {
            throw new InvalidDataException("The event has a format that this version does not know.");
        }

        return JsonSerializer.Deserialize(body[1..], json)
            ?? throw new InvalidDataException("The event is empty.");
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
