using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Orkestron.Contracts.Common;

/// <summary>Whether JSON can be kept, sent on and shown: UTF-8 of whole characters, nested within a bound. Pure.</summary>
public static class JsonForm
{
    /// <summary>How deep objects and lists may lie in one another.</summary>
    public const int MaxDepth = 62;

    private const int MostRead = 100_000;

    /// <summary>A sentence that says what is wrong with a value, and where; null when nothing is.</summary>
    public static string? Fault(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "There is no value." : Fault(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>The same for a text of one JSON value.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="isJson">Whether it was read as JSON before.</param>
    public static string? Fault(ReadOnlySpan<byte> utf8, bool isJson = true)
    {
        if (!Utf8.IsValid(utf8))
        {
            return "It is not UTF-8.";
        }

        // What opens little is not deep.
        if (!isJson || utf8.Count((byte)'{') + utf8.Count((byte)'[') > MaxDepth)
        {
            if (Form(utf8) is { } fault)
            {
                return fault;
            }
        }

        return JsonText.Find(utf8, static _ => true) is { } half ? $"In '{half.Pointer}': {half.Sentence}" : null;
    }

    private static string? Form(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostRead });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth >= MaxDepth)
                {
                    return $"It is nested more than {MaxDepth} deep.";
                }
            }

            return null;
        }
        catch (JsonException fault)
        {
            return $"It is not JSON: see byte {(fault.BytePositionInLine ?? 0) + 1} of line {(fault.LineNumber ?? 0) + 1}. NaN and Infinity are no JSON.";
        }
    }
}
