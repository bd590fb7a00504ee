using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestron.Domain;

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

    /// <exception cref="InvalidDataException">The format, or what stands in it, is not known to this version.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json) => body is [Json, ..]
        ? Parse(body[1..], json)
        : throw new InvalidDataException("its format is not known.");

    /// <summary>A snapshot; null when it is of an earlier fold, and the events are to be read instead.</summary>
    /// <exception cref="InvalidDataException">The format, the fold, or what stands in it, is not known to this version.</exception>
    public static T? ReadSnapshot<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json, byte fold)
        where T : class
    {
        var folded = body is [Folded, _, ..];
        var written = folded ? body[1] : (byte)1;
        if (written > fold)
        {
            throw new InvalidDataException($"it is of fold {written}, and this version knows up to {fold}.");
        }

        return written < fold ? null : folded ? Parse(body[2..], json) : Read(body, json);
    }

    private static T Parse<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(text, json) ?? throw new InvalidDataException("it is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
