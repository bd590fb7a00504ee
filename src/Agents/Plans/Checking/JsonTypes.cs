using System.Text.Json;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Sets of JSON types. A number is an integer or not.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    All = 127,
}

/// <summary>Reads and names sets of types. Pure.</summary>
internal static class JsonTypeWords
{
    public static JsonTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Number => JsonNumber.IsWhole(value) ? JsonTypes.Integer : JsonTypes.Fraction,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.Object => JsonTypes.Object,
        _ => JsonTypes.All,
    };

    /// <summary>The types a schema's <c>type</c> names.</summary>
    public static JsonTypes Named(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => type.GetString() switch
        {
            "null" => JsonTypes.Null,
            "boolean" => JsonTypes.Boolean,
            "integer" => JsonTypes.Integer,
            "number" => JsonTypes.Integer | JsonTypes.Fraction,
            "string" => JsonTypes.String,
            "array" => JsonTypes.Array,
            "object" => JsonTypes.Object,
            _ => JsonTypes.All,
        },
        JsonValueKind.Array => type.EnumerateArray().Aggregate(JsonTypes.None, static (types, each) => types | Named(each)),
        _ => JsonTypes.All,
    };

    /// <summary>For people: <c>a text</c>, <c>a list or null</c>.</summary>
    public static string Text(JsonTypes types)
    {
        var words = new List<string>();
        void Word(JsonTypes type, string word)
        {
            if (types.HasFlag(type))
            {
                words.Add(word);
            }
        }

        Word(JsonTypes.String, "a text");
        if (types.HasFlag(JsonTypes.Fraction))
        {
            words.Add("a number");
        }
        else
        {
            Word(JsonTypes.Integer, "a whole number");
        }

        Word(JsonTypes.Boolean, "true or false");
        Word(JsonTypes.Array, "a list");
        Word(JsonTypes.Object, "an object");
        Word(JsonTypes.Null, "null");
        return words.Count == 0 ? "nothing" : string.Join(" or ", words);
    }
}
