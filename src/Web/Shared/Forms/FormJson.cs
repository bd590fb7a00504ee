using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Reads and formats JSON for people.</summary>
internal static class FormJson
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How inputs are written: compact and with as few escapes as possible.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Indented(JsonElement value) => JsonSerializer.Serialize(value, Pretty);

    /// <summary>A payload indented, or as it is when it is not JSON.</summary>
    public static string Indented(string json) => TryParse(json, out var value, out _) ? Indented(value) : json;

    private static bool IsUnicode(JsonElement value)
    {
        try
        {
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            value.WriteTo(nowhere);
            return true;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Parses JSON; otherwise says where the error is.</summary>
    public static bool TryParse(string json, out JsonElement value, out string fault)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            value = document.RootElement.Clone();
            fault = json.Contains("\\u", StringComparison.Ordinal) && !IsUnicode(value)
                ? "A text contains an unpaired surrogate (\\ud800 to \\udfff). Remove it."
                : "";
            return fault.Length == 0;
        }
        catch (JsonException error)
        {
            value = default;
            fault = $"This is not valid JSON: look at line {error.LineNumber + 1}, character {error.BytePositionInLine + 1}.";
            return false;
        }
    }
}
