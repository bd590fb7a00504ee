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
    public static void Add(JsonElement schema, string place, List<Rule> rules)
    {
        Values(schema, place, rules);
        Numbers(schema, place, rules);
        Strings(schema, place, rules);
    }

    private static void Values(JsonElement schema, string place, List<Rule> rules)
    {
        if (schema.Member("type") is { } type)
        {
            var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type];
            var types = JsonTypes.None;
            foreach (var name in names)
            {
                var one = name.ValueKind == JsonValueKind.String ? JsonTypeWords.Of(name.GetString()!) : JsonTypes.None;
                types |= one != JsonTypes.None ? one : throw Bad(place, "type", "null, boolean, object, array, number, integer or string, or a list of them");
            }

            rules.Add(new TypeRule(types));
        }

        if (schema.Member("enum") is { } options)
        {
            rules.Add(new EnumRule("enum", options.ValueKind == JsonValueKind.Array ? [.. options.EnumerateArray()] : throw Bad(place, "enum", "a list")));
        }

        if (schema.Member("const") is { } only)
        {
            rules.Add(new EnumRule("const", [only]));
        }
    }

    private static void Numbers(JsonElement schema, string place, List<Rule> rules)
    {
        foreach (var (word, bound, exclusive) in new[]
        {
            ("minimum", Bound.Minimum, Bound.ExclusiveMinimum), ("maximum", Bound.Maximum, Bound.ExclusiveMaximum),
        })
        {
            var own = "exclusiveM" + word[1..];
            // Draft 4 and OpenAPI 3.0: a flag beside the limit.
            var flag = schema.Member(own) is { ValueKind: JsonValueKind.True };
            if (Number(schema, place, word) is { } limit)
            {
                rules.Add(new BoundRule(flag ? exclusive : bound, limit));
            }

            if (schema.Member(own) is not { ValueKind: JsonValueKind.True or JsonValueKind.False } && Number(schema, place, own) is { } beyond)
            {
                rules.Add(new BoundRule(exclusive, beyond));
            }
        }

        if (Number(schema, place, "multipleOf") is { } divisor)
        {
            rules.Add(JsonNumber.Of(divisor) > default(JsonNumber) ? new MultipleOfRule(divisor) : throw Bad(place, "multipleOf", "a number above 0"));
        }
    }

    private static void Strings(JsonElement schema, string place, List<Rule> rules)
    {
        Range(schema, place, "minLength", "maxLength", rules, static (least, most) => new LengthRule(least, most));
        if (schema.Member("pattern") is { } pattern)
        {
            rules.Add(new PatternRule(new EcmaPattern(pattern.ValueKind == JsonValueKind.String ? pattern.GetString()! : throw Bad(place, "pattern", "a text"))));
        }

        if (schema.Member("format") is { } format)
        {
            rules.Add(new FormatRule(format.ValueKind == JsonValueKind.String ? format.GetString()! : throw Bad(place, "format", "a text")));
        }
    }
}
