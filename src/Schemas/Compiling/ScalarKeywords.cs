using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Numbers;
using Orkestron.Schemas.Patterns;
using Orkestron.Schemas.Rules;
using static Orkestron.Schemas.Compiling.KeywordValues;

namespace Orkestron.Schemas.Compiling;

/// <summary>The keywords that hold no schemas: of types and given values, of numbers and of texts.</summary>
internal static class ScalarKeywords
{
    public static void Add(JsonElement schema, string location, List<Rule> rules)
    {
        Values(schema, location, rules);
        Numbers(schema, location, rules);
        Strings(schema, location, rules);
    }

    private static void Values(JsonElement schema, string location, List<Rule> rules)
    {
        if (schema.Member("type") is { } type)
        {
            var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type];
            var types = JsonTypes.None;
            foreach (var name in names)
            {
                var one = name.ValueKind == JsonValueKind.String ? JsonTypeWords.Of(name.GetString()!) : JsonTypes.None;
                types |= one != JsonTypes.None ? one : throw Bad(location, "type", "null, boolean, object, array, number, integer or string, or a list of them");
            }

            rules.Add(new TypeRule(types));
        }

        if (schema.Member("enum") is { } options)
        {
            rules.Add(
                new EnumRule(
                    "enum",
                    options.ValueKind == JsonValueKind.Array ? [.. options.EnumerateArray()] : throw Bad(location, "enum", "a list")));
        }

        if (schema.Member("const") is { } only)
        {
            rules.Add(new EnumRule("const", [only]));
        }
    }

    private static void Numbers(JsonElement schema, string location, List<Rule> rules)
    {
        foreach (var (word, bound, exclusive) in new[]
        {
            ("minimum", Bound.Minimum, Bound.ExclusiveMinimum), ("maximum", Bound.Maximum, Bound.ExclusiveMaximum),
        })
        {
            var own = "exclusiveM" + word[1..];
            // Draft 4 and OpenAPI 3.0: a flag beside the limit.
            var flag = schema.Member(own) is { ValueKind: JsonValueKind.True };
            if (Number(schema, location, word) is { } limit)
            {
                rules.Add(new BoundRule(flag ? exclusive : bound, limit));
            }

            if (schema.Member(own) is not { ValueKind: JsonValueKind.True or JsonValueKind.False }
                && Number(schema, location, own) is { } beyond)
            {
                rules.Add(new BoundRule(exclusive, beyond));
            }
        }

        if (Number(schema, location, "multipleOf") is { } divisor)
        {
            rules.Add(
                JsonNumber.Of(divisor) > default(JsonNumber)
                    ? new MultipleOfRule(divisor)
                    : throw Bad(location, "multipleOf", "a number above 0"));
        }
    }

    private static void Strings(JsonElement schema, string location, List<Rule> rules)
    {
        Range(schema, location, "minLength", "maxLength", rules, static (least, most) => new LengthRule(least, most));
        if (schema.Member("pattern") is { } pattern)
        {
            rules.Add(
                new PatternRule(
                    new EcmaPattern(
                        pattern.ValueKind == JsonValueKind.String ? pattern.GetString()! : throw Bad(location, "pattern", "a text"))));
        }

        if (schema.Member("format") is { } format)
        {
            rules.Add(
                new FormatRule(format.ValueKind == JsonValueKind.String ? format.GetString()! : throw Bad(location, "format", "a text")));
        }
    }
}
