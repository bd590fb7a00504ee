using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestron.Grains.Common;

/// <summary>
/// Bodies of events and snapshots: a format byte, then the content. Format 1 is UTF-8 JSON. Format 2 is a snapshot of a fold
/// that is not the first of its kind: the fold's version in a byte, then JSON.
/// </summary>
internal static class EventCodec
{
    private const byte Json = 1;
    private const byte Folded = 2;
    private const int MaxKept = 64 << 10;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _kept;

    /// <param name="value">The event or the fold.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="fold">The fold's version, 1 to 255; an event has none.</param>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> json, byte fold = 1)
    {
        var (buffer, writer) = _kept ?? Make();
        // Not kept while in use, nor after a fault.
        _kept = null;
        buffer.Write(fold == 1 ? [Json] : [Folded, fold]);
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
            throw new InvalidDataException("its format is not known.");
        }

        return JsonSerializer.Deserialize(body[1..], json)
            ?? throw new InvalidDataException("it is empty.");
    }

    /// <summary>A snapshot; null when it is of an earlier fold, and the events are to be read instead.</summary>
    /// <exception cref="InvalidDataException">The format or the fold is not known to this version.</exception>
    public static T? ReadSnapshot<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json, byte fold)
        where T : class
    {
        var (written, head) = body is [Folded, var version, ..] ? (version, 2) : (1, 0);
        if (written > fold)
        {
            throw new InvalidDataException($"it is of fold {written}, and this version knows up to {fold}.");
        }

        return written < fold ? null
            : head == 0 ? Read(body, json)
            : JsonSerializer.Deserialize(body[head..], json);
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
