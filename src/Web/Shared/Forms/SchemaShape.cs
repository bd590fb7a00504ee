using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Web.Shared.Forms;

/// <summary>A schema and where it stands in its document.</summary>
/// <param name="Json">The schema.</param>
/// <param name="Place">A JSON Pointer from the document's root.</param>
/// <param name="Soft">Whether it may hold or not, which cannot be told: it declares members then, and demands none.</param>
/// <param name="IsConditional">Whether it holds because of what else stands in the value.</param>
internal readonly record struct SchemaAt(JsonElement Json, string Place, bool Soft = false, bool IsConditional = false);

/// <summary>One of several forms that a value may have.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="Schema">What it adds.</param>
internal sealed record SchemaBranch(string Label, SchemaAt Schema);

/// <summary>
/// What a form needs of the schemas that hold for one value, whichever way they are put together: <c>$ref</c> with what
/// stands beside it, <c>allOf</c>, null as an alternative, constants with titles, alternatives. Pure, and bounded.
/// </summary>
internal sealed class SchemaShape
{
    private const int MaxParts = 64;

    private readonly SchemaDocument _document;
    private readonly IReadOnlyDictionary<string, SchemaBranch> _chosen;
    private readonly SchemaConditions? _conditions;
    private readonly List<SchemaAt> _parts = [];
    private readonly List<SchemaAt> _others = [];
    private List<string>? _types;

    /// <param name="document">Where references lead.</param>
    /// <param name="roots">The schemas that hold.</param>
    /// <param name="chosen">Of alternatives at a place, the one that was chosen.</param>
    /// <param name="conditions">What applies to the value; null when nobody knows, so that any condition may hold.</param>
    public SchemaShape(
        SchemaDocument document, IEnumerable<SchemaAt> roots, IReadOnlyDictionary<string, SchemaBranch> chosen, SchemaConditions? conditions = null)
    {
        (_document, _chosen, _conditions) = (document, chosen, conditions);
        foreach (var root in roots)
        {
            Collect(root);
        }

        if (Branches.Count == 0 && Choices is null && _types is { Count: > 1 } types)
        {
            // Several types: each is a form of its own.
            UnionPlace = "types:" + roots.First().Place;
            Branches = [.. types.Select(type => new SchemaBranch(TypeLabel(type), new SchemaAt(JsonSerializer.SerializeToElement(new { type }), "")))];
            if (chosen.TryGetValue(UnionPlace, out var one))
            {
                (_types, Branches) = ([one.Schema.Json.GetProperty("type").GetString()!], []);
            }
        }
    }

    /// <summary>The schemas, the outermost first.</summary>
    public IReadOnlyList<SchemaAt> Parts => _parts;

    /// <summary>Places that were referred to.</summary>
    public HashSet<string> Referred { get; } = new(StringComparer.Ordinal);

    public bool Nullable { get; private set; }

    /// <summary>Whether there is more than one set of alternatives, or more schemas than are looked at.</summary>
    public bool TooMuch { get; private set; }

    public IReadOnlyList<SchemaBranch> Branches { get; private set; } = [];

    /// <summary>What names the set of alternatives.</summary>
    public string UnionPlace { get; private set; } = "";

    /// <summary>The values that may be chosen, with their titles; null when any may be entered.</summary>
    public IReadOnlyList<(string? Title, JsonElement Json)>? Choices { get; private set; }

    /// <summary>Whether there is one value only, and it must be that.</summary>
    public bool IsConstant { get; private set; }

    /// <summary>The type, null when none is said or to be told from the other words.</summary>
    public string? Type => _types is { Count: > 0 } ? _types[0] : Guess();

    public string? Text(string word) => _parts.Select(part => SchemaReader.Text(part.Json, word)).FirstOrDefault(static text => text is not null);

    public JsonElement? Member(string word) => _parts.Where(static part => !part.Soft)
        .Select(part => SchemaReader.Member(part.Json, word)).FirstOrDefault(static member => member is not null);

    public int? Integer(string word) => Member(word) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>The schema under a word, where it is one.</summary>
    public SchemaAt? Under(string word) => _parts.Where(static part => !part.Soft)
        .Select(part => SchemaReader.Member(part.Json, word) is { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False } under
            ? new SchemaAt(under, $"{part.Place}/{word}") : (SchemaAt?)null)
        .FirstOrDefault(static found => found is not null);

    /// <summary>The members that are declared, in order, each with all schemas that hold for it.</summary>
    public List<(string Name, List<SchemaAt> Schemas)> Properties()
    {
        var found = new List<(string Name, List<SchemaAt> Schemas)>();
        var byName = new Dictionary<string, List<SchemaAt>>(StringComparer.Ordinal);
        // A condition may narrow what it hangs on: that stays as it is, to be changed.
        foreach (var part in _parts.OrderBy(static part => part.IsConditional))
        {
            if (SchemaReader.Member(part.Json, "properties") is not { ValueKind: JsonValueKind.Object } properties)
            {
                continue;
            }

            foreach (var member in properties.EnumerateObject())
            {
                if (!byName.TryGetValue(member.Name, out var schemas))
                {
                    byName[member.Name] = schemas = [];
                    found.Add((member.Name, schemas));
                }

                schemas.Add(new SchemaAt(member.Value, $"{part.Place}/properties/{JsonPointer.Escape(member.Name)}", (part.Soft || part.IsConditional) && schemas.Count > 0, part.IsConditional));
            }
        }

        return found;
    }

    /// <summary>Whether there is a part that does not apply, or of which that is not known yet.</summary>
    public bool MayHaveMore => _others.Count > 0;

    /// <summary>The names of members that are declared by what does not apply only.</summary>
    public IEnumerable<string> Inapplicable() => _others.Count == 0
        ? []
        : new SchemaShape(_document, _others, _chosen).Properties().Select(static each => each.Name);

    public HashSet<string> Required() => _parts.Where(static part => !part.Soft)
        .Select(static part => SchemaReader.Member(part.Json, "required"))
        .Where(static list => list is { ValueKind: JsonValueKind.Array })
        .SelectMany(static list => list!.Value.EnumerateArray())
        .Where(static name => name.ValueKind == JsonValueKind.String)
        .Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal);

    /// <summary>The schemas of the first items, each for its own.</summary>
    public List<SchemaAt> Prefix()
    {
        foreach (var part in _parts.Where(static part => !part.Soft))
        {
            foreach (var word in new[] { "prefixItems", "items" })
            {
                if (SchemaReader.Member(part.Json, word) is { ValueKind: JsonValueKind.Array } list)
                {
                    return [.. list.EnumerateArray().Select((each, index) => new SchemaAt(each, string.Create(CultureInfo.InvariantCulture, $"{part.Place}/{word}/{index}")))];
                }
            }
        }

        return [];
    }

    /// <summary>The schema of members beyond those that are named; null when there may be none, or nothing is said.</summary>
    public (SchemaAt Schema, string? Pattern)? Additional()
    {
        var patterns = _parts.Where(static part => !part.Soft)
            .Select(part => (part, map: SchemaReader.Member(part.Json, "patternProperties")))
            .Where(static each => each.map is { ValueKind: JsonValueKind.Object })
            .SelectMany(static each => each.map!.Value.EnumerateObject().Select(one =>
                (new SchemaAt(one.Value, $"{each.part.Place}/patternProperties/{JsonPointer.Escape(one.Name)}"), one.Name)))
            .ToList();
        if (patterns.Count == 1)
        {
            return patterns[0];
        }

        if (patterns.Count > 1)
        {
            return (new SchemaAt(JsonElement.Parse("{}"), "?"), string.Join(" or ", patterns.Select(static each => each.Name)));
        }

        return (Under("additionalProperties") ?? Under("unevaluatedProperties")) is { Json.ValueKind: not JsonValueKind.False } rest ? (rest, null) : null;
    }

    private void Collect(SchemaAt at)
    {
        if (_parts.Count >= MaxParts)
        {
            TooMuch = true;
            return;
        }

        if (at.Json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        _parts.Add(at);
        Nullable |= SchemaReader.Member(at.Json, "nullable") is { ValueKind: JsonValueKind.True };
        if (!at.Soft)
        {
            Types(at.Json);
            Values(at.Json);
        }

        if (SchemaReader.Text(at.Json, "$ref") is { } reference && _document.Resolve(at.Place, reference) is { } target)
        {
            Referred.Add(target);
            Collect(at with { Json = _document.At(target)!.Value, Place = target });
        }

        foreach (var part in List(at, "allOf"))
        {
            Collect(part);
        }

        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            Union(at, word);
        }

        Conditions(at);
    }

    private void Conditions(SchemaAt at)
    {
        if (SchemaReader.Member(at.Json, "if") is not null)
        {
            var told = _conditions?.Fits($"{at.Place}/if") ?? Applies.Unknown;
            Conditional(at, "/then", SchemaReader.Member(at.Json, "then"), told);
            Conditional(at, "/else", SchemaReader.Member(at.Json, "else"), told switch
            {
                Applies.Yes => Applies.No,
                Applies.No => Applies.Yes,
                _ => told,
            });
        }

        foreach (var word in new[] { "dependentSchemas", "dependencies" })
        {
            if (SchemaReader.Member(at.Json, word) is not { ValueKind: JsonValueKind.Object } dependent)
            {
                continue;
            }

            foreach (var each in dependent.EnumerateObject().Where(static each => each.Value.ValueKind == JsonValueKind.Object))
            {
                Conditional(at, $"/{word}/{JsonPointer.Escape(each.Name)}", each.Value, _conditions?.Has(each.Name) ?? Applies.Unknown);
            }
        }
    }

    private void Conditional(SchemaAt at, string under, JsonElement? schema, Applies told)
    {
        if (schema is not { } part)
        {
            return;
        }

        var conditional = new SchemaAt(part, at.Place + under, at.Soft, true);
        switch (told)
        {
            case Applies.Yes:
                Collect(conditional);
                break;
            case Applies.Unknown:
                Collect(conditional with { Soft = true });
                break;
            default:
                _others.Add(conditional);
                break;
        }
    }

    private void Union(SchemaAt at, string word)
    {
        var all = List(at, word);
        var place = $"{at.Place}/{word}";
        if (_chosen.TryGetValue(place, out var chosen))
        {
            Nullable |= all.Exists(IsNull);
            Collect(chosen.Schema with { IsConditional = at.IsConditional });
            return;
        }

        var branches = all.Where(branch => !IsNull(branch)).ToList();
        var nullable = branches.Count < all.Count;
        if (branches.Count == 1)
        {
            Nullable |= nullable;
            Collect(branches[0]);
            return;
        }

        // Alternatives that only demand (for instance one of two members) leave the form as it is.
        if (branches.Count == 0 || at.Soft || !branches.Exists(Says))
        {
            return;
        }

        Nullable |= nullable;
        var constants = branches.Select(Constants).ToList();
        if (constants.TrueForAll(static each => each is not null))
        {
            Choices ??= [.. constants.SelectMany(static each => each!)];
        }
        else if (Branches.Count > 0)
        {
            TooMuch = true;
        }
        else
        {
            UnionPlace = place;
            Branches = [.. branches.Select((branch, index) => new SchemaBranch(LabelOf(branch, index), branch))];
        }
    }

    private void Types(JsonElement schema)
    {
        var said = SchemaReader.Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several =>
                several.EnumerateArray().Where(static type => type.ValueKind == JsonValueKind.String).Select(static type => type.GetString()!).ToList(),
            _ => (List<string>?)null,
        };
        if (said is null)
        {
            return;
        }

        Nullable |= said.Count > 1 && said.Contains("null");
        var types = said.Count > 1 ? said.Where(static type => type != "null").ToList() : said;
        if (types.Contains("number"))
        {
            types.Remove("integer");
        }

        _types = _types is null ? types : [.. _types.Where(type => types.Contains(type) || (type == "integer" && types.Contains("number")))];
    }

    private void Values(JsonElement schema)
    {
        if (SchemaReader.Member(schema, "const") is { } only)
        {
            (Choices, IsConstant) = ([(null, only)], true);
        }
        else if (SchemaReader.Member(schema, "enum") is { ValueKind: JsonValueKind.Array } options && !IsConstant)
        {
            var titles = SchemaReader.Member(schema, "x-enumNames") ?? SchemaReader.Member(schema, "enumNames");
            Choices ??= [.. options.EnumerateArray().Select((option, index) => (
                titles is { ValueKind: JsonValueKind.Array } names && index < names.GetArrayLength() && names[index].ValueKind == JsonValueKind.String
                    ? names[index].GetString() : null,
                option))];
        }
    }

    private IEnumerable<(string? Title, JsonElement Json)>? Constants(SchemaAt branch)
    {
        var title = SchemaReader.Text(branch.Json, "title");
        return SchemaReader.Member(branch.Json, "const") is { } only
            ? [(title, only)]
            : SchemaReader.Member(branch.Json, "enum") is { ValueKind: JsonValueKind.Array } options
                ? options.EnumerateArray().Select(option => (options.GetArrayLength() == 1 ? title : null, option))
                : null;
    }

    private bool Says(SchemaAt branch) => branch.Json.ValueKind != JsonValueKind.Object
        || branch.Json.EnumerateObject().Any(static word => word.Name is not ("required" or "title" or "description" or "$comment" or "not"
            or "dependentRequired" or "minProperties" or "maxProperties"));

    private static bool IsNull(SchemaAt branch) => SchemaReader.Text(branch.Json, "type") == "null"
        || SchemaReader.Member(branch.Json, "const") is { ValueKind: JsonValueKind.Null }
        || (SchemaReader.Member(branch.Json, "enum") is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null);

    private static List<SchemaAt> List(SchemaAt at, string word) => SchemaReader.Member(at.Json, word) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select((each, index) => at with { Json = each, Place = string.Create(CultureInfo.InvariantCulture, $"{at.Place}/{word}/{index}") })]
        : [];

    // Its title; the constant that tells it from the others; the name that it is referred by; its type.
    private string LabelOf(SchemaAt branch, int index)
    {
        var shape = new SchemaShape(_document, [branch], _chosen);
        if (shape.Text("title") is { Length: > 0 } title)
        {
            return title;
        }

        foreach (var (_, schemas) in shape.Properties())
        {
            if (schemas.Count > 0 && SchemaReader.Member(schemas[0].Json, "const") is { ValueKind: JsonValueKind.String } name)
            {
                return SchemaReader.Humanise(name.GetString()!);
            }
        }

        return SchemaReader.Text(branch.Json, "$ref") is { } reference && reference.LastIndexOf('/') is >= 0 and var slash
            ? SchemaReader.Humanise(Uri.UnescapeDataString(reference[(slash + 1)..]))
            : shape.Type is { } type ? TypeLabel(type) : string.Create(CultureInfo.InvariantCulture, $"Form {index + 1}");
    }

    private static string TypeLabel(string type) => type switch
    {
        "string" => "Text",
        "integer" => "Whole number",
        "number" => "Number",
        "boolean" => "Yes or no",
        "array" => "List",
        "object" => "Fields",
        _ => SchemaReader.Humanise(type),
    };

    private string? Guess() =>
        Has("properties", "additionalProperties", "patternProperties", "required", "unevaluatedProperties") ? "object"
        : Has("items", "prefixItems", "minItems", "maxItems", "uniqueItems") ? "array"
        : Has("minLength", "maxLength", "pattern", "format") ? "string"
        : Has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number"
        : Has("if", "dependentSchemas") ? "object"
        : null;

    private bool Has(params string[] words) => _parts.Exists(part => words.Any(word => SchemaReader.Member(part.Json, word) is not null));

    /// <summary>Which of the choices a value is; -1 for none.</summary>
    public int ChoiceOf(JsonElement value) =>
        Choices is null ? -1 : Choices.Select(static choice => choice.Json).ToList().FindIndex(choice => JsonEquality.Instance.Equals(choice, value));
}
