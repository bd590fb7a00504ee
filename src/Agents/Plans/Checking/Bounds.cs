using System.Text.Json;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Checks one known value against a schema, members and items aside. Pure.</summary>
internal static class Bounds
{
    /// <summary>A sentence about the violated limit, or null.</summary>
    public static string? Broken(JsonElement value, Schema schema)
    {
        if (schema.Word("const") is { } only && !JsonEquality.Instance.Equals(only, value))
        {
            return $"this must be {only.GetRawText()}.";
        }

        if (schema.Word("enum") is { ValueKind: JsonValueKind.Array } some
            && !some.EnumerateArray().Any(one => JsonEquality.Instance.Equals(one, value)))
        {
            return $"this must be one of {string.Join(", ", some.EnumerateArray().Take(10).Select(static one => one.GetRawText()))}.";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => Number(JsonNumber.Of(value), schema),
            JsonValueKind.String => Length(value.GetString()!, schema),
            JsonValueKind.Array => Count(value.GetArrayLength(), schema),
            _ => null,
        };
    }

    public static string? Count(int items, Schema schema) =>
        Whole(schema, "minItems") is { } least && items < least ? $"this has {items} items; at least {least} are needed."
        : Whole(schema, "maxItems") is { } most && items > most ? $"this has {items} items; at most {most} are taken."
        : null;

    private static string? Number(JsonNumber value, Schema schema) =>
        Bound(schema, "minimum") is { } least && value < JsonNumber.Of(least) ? $"this must be at least {least.GetRawText()}."
        : Bound(schema, "maximum") is { } most && value > JsonNumber.Of(most) ? $"this must be at most {most.GetRawText()}."
        : Bound(schema, "exclusiveMinimum") is { } above && value <= JsonNumber.Of(above) ? $"this must be more than {above.GetRawText()}."
        : Bound(schema, "exclusiveMaximum") is { } below && value >= JsonNumber.Of(below) ? $"this must be less than {below.GetRawText()}."
        : null;

    // JSON Schema counts characters, not UTF-16 code units.
    private static string? Length(string value, Schema schema)
    {
        var length = value.EnumerateRunes().Count();
        return Whole(schema, "minLength") is { } least && length < least ? $"this text is shorter than {least} characters."
            : Whole(schema, "maxLength") is { } most && length > most ? $"this text is longer than {most} characters."
            : null;
    }

    private static JsonElement? Bound(Schema schema, string word) =>
        schema.Word(word) is { ValueKind: JsonValueKind.Number } number ? number : null;

    private static long? Whole(Schema schema, string word) => Bound(schema, word) is { } number ? (long)number.GetDouble() : null;
}
