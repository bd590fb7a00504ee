using System.Text.Json;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Checking;

/// <summary>The types of JSON Schema.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    String = 32,
    Integer = 64,
}

internal static class JsonTypeWords
{
    public static JsonTypes Of(string name) => name switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "object" => JsonTypes.Object,
        "array" => JsonTypes.Array,
        "number" => JsonTypes.Number,
        "string" => JsonTypes.String,
        "integer" => JsonTypes.Integer,
        _ => JsonTypes.None,
    };

    /// <summary>Whether a value is of one of the types. 2.0 and 1e2 are integers.</summary>
    public static bool Has(this JsonTypes types, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => types.HasFlag(JsonTypes.Null),
        JsonValueKind.True or JsonValueKind.False => types.HasFlag(JsonTypes.Boolean),
        JsonValueKind.Object => types.HasFlag(JsonTypes.Object),
        JsonValueKind.Array => types.HasFlag(JsonTypes.Array),
        JsonValueKind.String => types.HasFlag(JsonTypes.String),
        _ => types.HasFlag(JsonTypes.Number) || (types.HasFlag(JsonTypes.Integer) && JsonNumber.IsWhole(value)),
    };

    /// <summary>What to enter, and what was entered instead.</summary>
    public static string Advice(this JsonTypes types, JsonElement value) =>
        $"Enter {Wording.Or([.. Names(types)])}; this is {(value.ValueKind == JsonValueKind.Number && types.HasFlag(JsonTypes.Integer) ? "a number with a fraction" : Name(value.ValueKind))}.";

    private static IEnumerable<string> Names(JsonTypes types)
    {
        foreach (var (type, name) in new[]
        {
            (JsonTypes.String, "text"), (JsonTypes.Integer, "a whole number"), (JsonTypes.Number, "a number"),
            (JsonTypes.Boolean, "true or false"), (JsonTypes.Array, "a list"), (JsonTypes.Object, "an object"), (JsonTypes.Null, "null"),
        })
        {
            if (types.HasFlag(type))
            {
                yield return name;
            }
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => kind == JsonValueKind.True ? "true" : "false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
