using System.Text.Json;

namespace Orkestron.Schemas.Documents;

/// <summary>Which keywords hold schemas, and how keywords are read. Includes keywords of older drafts.</summary>
internal static class SchemaKeywords
{
    /// <summary>Keywords whose value is a schema.</summary>
    public static readonly string[] One =
    [
        "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "contains",
        "items", "not", "if", "then", "else", "contentSchema",
    ];

    /// <summary>Keywords whose value is a list of schemas.</summary>
    public static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

    /// <summary>Keywords whose value names schemas.</summary>
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
