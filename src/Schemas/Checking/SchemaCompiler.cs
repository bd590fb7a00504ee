using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Numbers;
using Orkestron.Schemas.Patterns;
using Orkestron.Schemas.Rules;

namespace Orkestron.Schemas.Checking;

/// <summary>Makes rules of the words of JSON Schema 2020-12, and of the words that older drafts and OpenAPI 3.0 have for the same.</summary>
internal sealed class SchemaCompiler(SchemaDocument document)
{
    private const int MaxDigits = 1_000;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>All schemas of the document that are used, by place.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Nodes => _nodes;

    /// <summary>Whether a value may have something of which no schema speaks.</summary>
    public bool IsOpen { get; private set; }

    /// <exception cref="SchemaException">It is no schema.</exception>
    public SchemaNode Compile(JsonElement schema, string place)
    {
        if (_nodes.TryGetValue(place, out var known))
        {
            return known;
        }

        var node = _nodes[place] = new SchemaNode();
        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                node.Always = schema.ValueKind == JsonValueKind.True;
                break;
            case JsonValueKind.Object:
                node.Title = schema.Text("title") is { Length: > 0 } title ? title : null;
                node.Nullable = schema.Member("nullable") is { ValueKind: JsonValueKind.True };
                Fill(node, schema, place);
                break;
            default:
                throw new SchemaException($"at '{place}' stands no schema: a schema is an object, true or false.");
        }

        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, string place)
    {
        var rules = new List<Rule>();
        References(schema, place, rules);
        Values(schema, place, rules);
        Numbers(schema, place, rules);
        Strings(schema, place, rules);
        Arrays(schema, place, rules);
        Objects(schema, place, rules);
        Combinations(schema, place, rules);
        foreach (var (word, make) in new (string, Func<SchemaNode, Rule>)[]
        {
            ("unevaluatedItems", static rest => new UnevaluatedItemsRule(rest)),
            ("unevaluatedProperties", static rest => new UnevaluatedPropertiesRule(rest)),
        })
        {
            if (Child(schema, place, word) is { } rest)
            {
                rest.IsItem = word == "unevaluatedItems";
                node.LooksBack = true;
                rules.Add(make(rest));
            }
        }

        node.Rules = [.. rules];
    }

    private void References(JsonElement schema, string place, List<Rule> rules)
    {
        foreach (var word in new[] { "$ref", "$dynamicRef", "$recursiveRef" })
        {
            if (schema.Member(word) is not { } value)
            {
                continue;
            }

            var reference = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad(place, word, "a text");
            var target = document.Resolve(place, reference) ?? throw new SchemaException(
                $"its {word} '{Wording.Shown(value)}' names nothing within the schema: copy what it means into $defs and refer to #/$defs/…; nothing is fetched from elsewhere.");
            rules.Add(new AllOfRule([Compile(document.At(target)!.Value, target)]));
        }
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

    private void Arrays(JsonElement schema, string place, List<Rule> rules)
    {
        Range(schema, place, "minItems", "maxItems", rules, static (least, most) => new ItemCountRule(least, most));
        if (schema.Member("uniqueItems") is { } unique)
        {
            if (Flag(unique, place, "uniqueItems"))
            {
                rules.Add(new UniqueItemsRule());
            }
        }

        // Before 2020-12 a list of schemas stood under items, and what follows it under additionalItems.
        var isTuple = schema.Member("items") is { ValueKind: JsonValueKind.Array };
        var prefix = Several(schema, place, isTuple ? "items" : "prefixItems");
        var rest = Child(schema, place, isTuple ? "additionalItems" : "items");
        if (prefix is not null || rest is not null)
        {
            if (rest is not null)
            {
                rest.IsItem = true;
            }

            IsOpen |= prefix is not null && rest is null;
            rules.Add(new ItemsRule(prefix ?? [], rest));
        }

        if (Child(schema, place, "contains") is { } wanted)
        {
            rules.Add(new ContainsRule(wanted, Count(schema, place, "minContains") ?? 1, Count(schema, place, "maxContains") ?? long.MaxValue));
        }
    }

    private void Objects(JsonElement schema, string place, List<Rule> rules)
    {
        Range(schema, place, "minProperties", "maxProperties", rules, static (least, most) => new MemberCountRule(least, most));
        var named = Map(schema, place, "properties");
        var patterns = Map(schema, place, "patternProperties");
        var rest = Child(schema, place, "additionalProperties");
        if (schema.Member("required") is { } required)
        {
            rules.Add(new RequiredRule(Names(required, place, "required"), named ?? None));
        }

        if (named is not null || patterns is not null || rest is not null)
        {
            IsOpen |= rest is null;
            rules.Add(new MembersRule(
                named ?? None, patterns is null ? [] : [.. patterns.Select(static each => (new EcmaPattern(each.Key), each.Value))], rest));
        }

        if (Child(schema, place, "propertyNames") is { } names)
        {
            rules.Add(new PropertyNamesRule(names));
        }

        Dependencies(schema, place, rules);
    }

    private void Dependencies(JsonElement schema, string place, List<Rule> rules)
    {
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var schemas = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var word in new[] { "dependentRequired", "dependentSchemas", "dependencies" })
        {
            if (schema.Member(word) is not { } map)
            {
                continue;
            }

            foreach (var each in (map.ValueKind == JsonValueKind.Object ? map : throw Bad(place, word, "an object")).EnumerateObject())
            {
                if (word == "dependentRequired" || (word == "dependencies" && each.Value.ValueKind == JsonValueKind.Array))
                {
                    names[each.Name] = Names(each.Value, place, word);
                }
                else
                {
                    schemas[each.Name] = Compile(each.Value, $"{place}/{word}/{JsonPointer.Escape(each.Name)}");
                }
            }
        }

        if (names.Count > 0)
        {
            rules.Add(new DependentRequiredRule(names));
        }

        if (schemas.Count > 0)
        {
            rules.Add(new DependentSchemasRule(schemas));
        }
    }

    private void Combinations(JsonElement schema, string place, List<Rule> rules)
    {
        if (Several(schema, place, "allOf") is { } all)
        {
            rules.Add(new AllOfRule(all));
        }

        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (Several(schema, place, word) is { } some)
            {
                rules.Add(new ChoiceRule(some, word == "oneOf"));
            }
        }

        if (Child(schema, place, "not") is { } not)
        {
            rules.Add(new NotRule(not));
        }

        if (Child(schema, place, "if") is { } condition)
        {
            rules.Add(new ConditionRule(condition, Child(schema, place, "then"), Child(schema, place, "else")));
        }
    }

    private static IReadOnlyDictionary<string, SchemaNode> None { get; } = new Dictionary<string, SchemaNode>();

    private SchemaNode? Child(JsonElement schema, string place, string word) =>
        schema.Member(word) is { } child ? Compile(child, $"{place}/{word}") : null;

    private SchemaNode[]? Several(JsonElement schema, string place, string word) => schema.Member(word) is not { } list
        ? null
        : list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select((each, index) => Compile(each, string.Create(CultureInfo.InvariantCulture, $"{place}/{word}/{index}")))]
            : list.ValueKind == JsonValueKind.Array && word is "items" or "prefixItems"
                ? []
                : throw Bad(place, word, "a list of schemas");

    private Dictionary<string, SchemaNode>? Map(JsonElement schema, string place, string word) => schema.Member(word) is not { } map
        ? null
        : map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().ToDictionary(
                static each => each.Name, each => Compile(each.Value, $"{place}/{word}/{JsonPointer.Escape(each.Name)}"), StringComparer.Ordinal)
            : throw Bad(place, word, "an object of schemas");

    private static string[] Names(JsonElement list, string place, string word) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static name => name.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(static name => name.GetString()!)]
            : throw Bad(place, word, "a list of names");

    private static bool Flag(JsonElement value, string place, string word) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.ValueKind == JsonValueKind.True : throw Bad(place, word, "true or false");

    private static JsonElement? Number(JsonElement schema, string place, string word) => schema.Member(word) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when JsonNumber.Of(number).Length <= MaxDigits => number,
        _ => throw Bad(place, word, $"a number of at most {MaxDigits:N0} digits"),
    };

    private static long? Count(JsonElement schema, string place, string word)
    {
        if (schema.Member(word) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !JsonNumber.IsWhole(value) || JsonNumber.Of(value) < default(JsonNumber))
        {
            throw Bad(place, word, "a whole number, 0 or more");
        }

        return value.TryGetDecimal(out var count) && count < long.MaxValue ? (long)count : long.MaxValue;
    }

    private static void Range(JsonElement schema, string place, string least, string most, List<Rule> rules, Func<long, long, Rule> make)
    {
        var (from, to) = (Count(schema, place, least), Count(schema, place, most));
        if (from is not null || to is not null)
        {
            rules.Add(make(from ?? 0, to ?? long.MaxValue));
        }
    }

    private static SchemaException Bad(string place, string word, string wanted) =>
        new($"'{word}'{(place.Length == 0 ? "" : $" at '{place}'")} is {wanted}.");
}
