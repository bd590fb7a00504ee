using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestron.Contracts;

namespace Orkestron.Schemas.Checking;

/// <summary>Reduces a value to what its schema declares.</summary>
internal static class Projection
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The members and items that no schema declares, as JSON Pointers, the outermost of each.</summary>
    public static List<string> Undeclared(JsonElement value, EvaluatedParts evaluated)
    {
        var found = new List<string>();
        Find(value, evaluated, "", found);
        return found;
    }

    /// <summary>The value without them, compact.</summary>
    public static byte[] Without(JsonElement value, EvaluatedParts evaluated)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(value, evaluated, writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Find(JsonElement value, EvaluatedParts evaluated, string path, List<string> found)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                var at = $"{path}/{JsonPointer.Escape(member.Name)}";
                if (!evaluated.Declares(member.Name))
                {
                    found.Add(at);
                }
                else if (evaluated.Known(member.Name) is { } inside)
                {
                    Find(member.Value, inside, at, found);
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");
                if (!evaluated.Declares(index))
                {
                    found.Add(at);
                }
                else if (evaluated.Known(index) is { } inside)
                {
                    Find(item, inside, at, found);
                }

                index++;
            }
        }
    }

    private static void Write(JsonElement value, EvaluatedParts? evaluated, Utf8JsonWriter writer)
    {
        if (evaluated is not null && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().Where(member => evaluated.Declares(member.Name)))
            {
                writer.WritePropertyName(member.Name);
                Write(member.Value, evaluated.Known(member.Name), writer);
            }

            writer.WriteEndObject();
        }
        else if (evaluated is not null && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var (item, index) in value.EnumerateArray().Select(static (item, index) => (item, index)).Where(
                each => evaluated.Declares(each.index)))
            {
                Write(item, evaluated.Known(index), writer);
            }

            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
