using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Patterns;
using Orkestron.Schemas.Rules;
using static Orkestron.Schemas.Compiling.KeywordValues;

namespace Orkestron.Schemas.Compiling;

/// <summary>Compiles a schema into rules: the keywords of JSON Schema 2020-12, and their older forms in earlier drafts and OpenAPI 3.0.</summary>
internal sealed class SchemaCompiler(SchemaDocument document)
{
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
        ScalarKeywords.Add(schema, place, rules);
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
}
