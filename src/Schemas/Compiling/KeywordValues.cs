using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Compiling;

/// <summary>Reads the values of keywords and refuses those of a wrong type.</summary>
internal static class KeywordValues
{
    private const int MaxDigits = 1_000;

    public static string[] Names(JsonElement list, string location, string word) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static name => name.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(static name => name.GetString()!)]
            : throw Bad(location, word, "a list of names");

    public static bool Flag(JsonElement value, string location, string word) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : throw Bad(location, word, "true or false");

    public static JsonElement? Number(JsonElement schema, string location, string word) => schema.Member(word) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when JsonNumber.Of(number).Length <= MaxDigits => number,
        _ => throw Bad(location, word, $"a number of at most {MaxDigits:N0} digits"),
    };

    public static long? Count(JsonElement schema, string location, string word)
    {
        if (schema.Member(word) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !JsonNumber.IsWhole(value) || JsonNumber.Of(value) < default(JsonNumber))
        {
            throw Bad(location, word, "a whole number, 0 or more");
        }

        return value.TryGetDecimal(out var count) && count < long.MaxValue ? (long)count : long.MaxValue;
    }

    public static void Range(JsonElement schema, string location, string least, string most, List<Rule> rules, Func<long, long, Rule> make)
    {
        var (from, to) = (Count(schema, location, least), Count(schema, location, most));
        if (from is not null || to is not null)
        {
            rules.Add(make(from ?? 0, to ?? long.MaxValue));
        }
    }

    public static SchemaException Bad(string location, string word, string wanted) =>
        new($"'{word}'{(location.Length == 0 ? "" : $" at '{location}'")} is {wanted}.");
}
