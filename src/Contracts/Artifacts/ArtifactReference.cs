using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Orkestron.Contracts.Artifacts;

/// <summary>How a file stands in JSON: the string <c>artifact:</c> and its id.</summary>
public static class ArtifactReference
{
    /// <summary>What a reference begins with.</summary>
    public const string Prefix = "artifact:";

    /// <summary>The word by which a schema says that a string is a reference: <c>"format": "artifact"</c>.</summary>
    public const string Format = "artifact";

    private const int Length = 9 + 36;
    private static readonly byte[] Utf8Prefix = "artifact:"u8.ToArray();

    /// <summary>The reference to a file.</summary>
    public static string Of(Guid id) => Prefix + id.ToString("D");

    /// <summary>The file that a reference names; false for what is no reference.</summary>
    public static bool TryRead([NotNullWhen(true)] string? text, out Guid id)
    {
        id = Guid.Empty;
        return text is { Length: Length }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Guid.TryParseExact(text.AsSpan(Prefix.Length), "D", out id);
    }

    /// <summary>The references in a JSON text, with the JSON Pointers where they stand, in order.</summary>
    public static IReadOnlyList<(string Pointer, Guid Id)> In(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.IndexOf(Utf8Prefix) < 0)
        {
            return [];
        }

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 64 });
        using var document = JsonDocument.ParseValue(ref reader);
        var found = new List<(string, Guid)>();
        Collect(document.RootElement, "", found);
        return found;
    }

    private static void Collect(JsonElement value, string pointer, List<(string Pointer, Guid Id)> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when TryRead(value.GetString(), out var id):
                found.Add((pointer, id));
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Collect(item, $"{pointer}/{index++}", found);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Collect(member.Value, $"{pointer}/{JsonPointer.Escape(member.Name)}", found);
                }

                break;
            default:
                break;
        }
    }
}
