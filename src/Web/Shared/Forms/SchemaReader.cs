using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Reads keywords of a JSON Schema. Schemas come from providers, so nothing is assumed about their structure.</summary>
internal static class SchemaReader
{
    public static JsonElement? Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Integer(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value
            : null;

    /// <summary><c>maxKeyphrases</c> becomes <c>Max keyphrases</c>; names with spaces stay unchanged.</summary>
    public static string Humanise(string name) => Orkestron.Schemas.Checking.Wording.Label(name);
}
