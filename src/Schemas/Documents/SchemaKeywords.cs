using System.Text.Json;

namespace Orkestron.Schemas.Documents;

/// <summary>Where schemas stand in a schema, and how its words are read. Older drafts' words are among them.</summary>
internal static class SchemaKeywords
{
    /// <summary>Words whose value is a schema.</summary>
    public static readonly string[] One =
    [
        "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "contains",
        "items", "not", "if", "then", "else", "contentSchema",
    ];

    /// <summary>Words whose value is a list of schemas.</summary>
    public static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

    /// <summary>Words whose value names schemas.</summary>
    public static readonly string[] Maps =
        ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"];

    public static JsonElement? Member(this JsonElement schema, string word) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(word, out var value) ? value : null;

    public static string? Text(this JsonElement schema, string word) =>
        schema.Member(word) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Whether it may be a schema at all.</summary>
    public static bool IsSchema(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;
}
