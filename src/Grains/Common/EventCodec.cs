using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestron.Grains.Common;

/// <summary>Bodies of events and snapshots: a format byte, then the content. Format 1 is UTF-8 JSON.</summary>
internal static class EventCodec
{
    private const byte Json = 1;

    public static byte[] Write<T>(T value, JsonTypeInfo<T> json)
    {
        using var stream = new MemoryStream(256);
        stream.WriteByte(Json);
        JsonSerializer.Serialize(stream, value, json);
        return stream.ToArray();
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
}
