using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Patterns;
using Orkestron.Schemas.Rules;
using static Orkestron.Schemas.Compiling.KeywordValues;

namespace Orkestron.Schemas.Compiling;

/// <summary>Compiles a schema into rules: the keywords of JSON Schema 2020-12, and their older forms in earlier drafts and
/// OpenAPI 3.0.</summary>
internal sealed class SchemaCompiler(SchemaDocument document)
{
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>All schemas of the document that are used, by location.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Nodes => _nodes;

    /// <summary>Whether a value may have members or items that no schema declares.</summary>
    public bool IsOpen { get; private set; }

    /// <exception cref="SchemaException">It is not a valid schema.</exception>
    public SchemaNode Compile(JsonElement schema, string location)
    {
        if (_nodes.TryGetValue(location, out var known))
        {
            return known;
        }

        var node = _nodes[location] = new SchemaNode();
        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                node.Always = schema.ValueKind == JsonValueKind.True;
                break;
            case JsonValueKind.Object:
                node.Title = schema.Text("title") is { Length: > 0 } title ? title : null;
                node.Nullable = schema.Member("nullable") is { ValueKind: JsonValueKind.True };
                Fill(node, schema, location);
                break;
            default:
                throw new SchemaException($"at '{location}' stands no schema: a schema is an object, true or false.");
        }

        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, string location)
    {
        var rules = new List<Rule>();
        References(schema, location, rules);
        ScalarKeywords.Add(schema, location, rules);
        Arrays(schema, location, rules);
        Objects(schema, location, rules);
        Combinations(schema, location, rules);
        foreach (var (word, make) in new (string, Func<SchemaNode, Rule>)[]
        {
            ("unevaluatedItems", static rest => new UnevaluatedItemsRule(rest)),
            ("unevaluatedProperties", static rest => new UnevaluatedPropertiesRule(rest)),
        })
        {
            if (Child(schema, location, word) is { } rest)
            {
                rest.IsItem = word == "unevaluatedItems";
                node.LooksBack = true;
                rules.Add(make(rest));
            }
        }

        node.Rules = [.. rules];
    }

    private void References(JsonElement schema, string location, List<Rule> rules)
    {
        foreach (var word in new[] { "$ref", "$dynamicRef", "$recursiveRef" })
        {
            if (schema.Member(word) is not { } value)
            {
                continue;
            }

            var reference = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad(location, word, "a text");
            var target = document.Resolve(location, reference) ?? throw new SchemaException(
                $"its {word} '{Wording.Short(value)}' names nothing within the schema: copy what it means into $defs and refer to #/$defs/…; nothing is fetched from elsewhere.");
            rules.Add(new AllOfRule([Compile(document.At(target)!.Value, target)]));
        }
    }

    private void Arrays(JsonElement schema, string location, List<Rule> rules)
    {
        Range(schema, location, "minItems", "maxItems", rules, static (least, most) => new ItemCountRule(least, most));
        if (schema.Member("uniqueItems") is { } unique)
        {
            if (Flag(unique, location, "uniqueItems"))
            {
                rules.Add(new UniqueItemsRule());
            }
        }

        // Before 2020-12 a list of schemas stood under items, and what follows it under additionalItems.
        var isTuple = schema.Member("items") is { ValueKind: JsonValueKind.Array };
        var prefix = Several(schema, location, isTuple ? "items" : "prefixItems");
        var rest = Child(schema, location, isTuple ? "additionalItems" : "items");
        if (prefix is not null || rest is not null)
        {
            if (rest is not null)
            {
                rest.IsItem = true;
            }

            IsOpen |= prefix is not null && rest is null;
            rules.Add(new ItemsRule(prefix ?? [], rest));
        }

        if (Child(schema, location, "contains") is { } wanted)
        {
            rules.Add(
                new ContainsRule(
                    wanted, Count(schema, location, "minContains") ?? 1, Count(schema, location, "maxContains") ?? long.MaxValue));
        }
    }

    private void Objects(JsonElement schema, string location, List<Rule> rules)
    {
        Range(schema, location, "minProperties", "maxProperties", rules, static (least, most) => new MemberCountRule(least, most));
        var named = Map(schema, location, "properties");
        var patterns = Map(schema, location, "patternProperties");
        var rest = Child(schema, location, "additionalProperties");
        if (schema.Member("required") is { } required)
        {
            rules.Add(new RequiredRule(Names(required, location, "required"), named ?? None));
        }

        if (named is not null || patterns is not null || rest is not null)
        {
            IsOpen |= rest is null;
            rules.Add(new MembersRule(
                named ?? None, patterns is null ? [] : [.. patterns.Select(static each => (new EcmaPattern(each.Key), each.Value))], rest));
        }

        if (Child(schema, location, "propertyNames") is { } names)
        {
            rules.Add(new PropertyNamesRule(names));
        }

        Dependencies(schema, location, rules);
    }

    private void Dependencies(JsonElement schema, string location, List<Rule> rules)
    {
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var schemas = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var word in new[] { "dependentRequired", "dependentSchemas", "dependencies" })
        {
            if (schema.Member(word) is not { } map)
            {
                continue;
            }

            foreach (var each in (map.ValueKind == JsonValueKind.Object ? map : throw Bad(location, word, "an object")).EnumerateObject())
            {
                if (word == "dependentRequired" || (word == "dependencies" && each.Value.ValueKind == JsonValueKind.Array))
                {
                    names[each.Name] = Names(each.Value, location, word);
                }
                else
                {
                    schemas[each.Name] = Compile(each.Value, $"{location}/{word}/{JsonPointer.Escape(each.Name)}");
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

    private void Combinations(JsonElement schema, string location, List<Rule> rules)
    {
        if (Several(schema, location, "allOf") is { } all)
        {
            rules.Add(new AllOfRule(all));
        }

        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (Several(schema, location, word) is { } some)
            {
                rules.Add(new ChoiceRule(some, word == "oneOf"));
            }
        }

        if (Child(schema, location, "not") is { } not)
        {
            rules.Add(new NotRule(not));
        }

        if (Child(schema, location, "if") is { } condition)
        {
            rules.Add(new ConditionRule(condition, Child(schema, location, "then"), Child(schema, location, "else")));
        }
    }

    private static IReadOnlyDictionary<string, SchemaNode> None { get; } = new Dictionary<string, SchemaNode>();

    private SchemaNode? Child(JsonElement schema, string location, string word) =>
        schema.Member(word) is { } child ? Compile(child, $"{location}/{word}") : null;

    private SchemaNode[]? Several(JsonElement schema, string location, string word) => schema.Member(word) is not { } list
        ? null
        : list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [
                .. list.EnumerateArray()
                .Select((each, index) => Compile(each, string.Create(CultureInfo.InvariantCulture, $"{location}/{word}/{index}"))),
            ]
            : list.ValueKind == JsonValueKind.Array && word is "items" or "prefixItems"
                ? []
                : throw Bad(location, word, "a list of schemas");

    private Dictionary<string, SchemaNode>? Map(JsonElement schema, string location, string word) => schema.Member(word) is not { } map
        ? null
        : map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().ToDictionary(
                static each => each.Name, each => Compile(each.Value, $"{location}/{word}/{JsonPointer.Escape(each.Name)}"), StringComparer.Ordinal)
            : throw Bad(location, word, "an object of schemas");
}
