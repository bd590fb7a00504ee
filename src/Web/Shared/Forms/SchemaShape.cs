using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Web.Shared.Forms;

/// <summary>
/// What a form needs to know of the schemas that apply to one value: its type, members, items, choices and alternatives. Bounded.
/// </summary>
internal sealed class SchemaShape
{
    private readonly SchemaDocument _document;
    private readonly IReadOnlyDictionary<string, SchemaBranch> _chosen;
    private readonly SchemaCollector _found;

    /// <param name="document">Resolves references.</param>
    /// <param name="roots">The schemas that apply; at least one.</param>
    /// <param name="chosen">The chosen branch of alternatives, by the pointer of the alternatives.</param>
    /// <param name="conditions">Which conditions hold for the value; null when that is unknown, so that any may.</param>
    public SchemaShape(
        SchemaDocument document,
        IReadOnlyList<SchemaAt> roots,
        IReadOnlyDictionary<string, SchemaBranch> chosen,
        SchemaConditions? conditions = null)
    {
        (_document, _chosen, _found) = (document, chosen, new SchemaCollector(document, chosen, conditions));
        foreach (var root in roots)
        {
            _found.Collect(root);
        }

        _found.BranchByType(roots[0]);
    }

    /// <summary>The schemas that apply, the outermost first.</summary>
    public IReadOnlyList<SchemaAt> Parts => _found.Parts;

    /// <summary>The pointers that were referred to.</summary>
    public HashSet<string> Referred => _found.Referred;

    public bool Nullable => _found.Nullable;

    /// <summary>Whether there are several sets of alternatives, or more schemas than are looked at.</summary>
    public bool TooMuch => _found.TooMuch;

    public IReadOnlyList<SchemaBranch> Branches => _found.Branches;

    /// <summary>The pointer of the set of alternatives.</summary>
    public string UnionPointer => _found.UnionPointer;

    /// <summary>The values to choose from, with their titles; null when any value may be entered.</summary>
    public IReadOnlyList<(string? Title, JsonElement Json)>? Choices => _found.Choices;

    /// <summary>Whether there is exactly one allowed value.</summary>
    public bool IsConstant => _found.IsConstant;

    /// <summary>The type; null when none is declared and the other keykeywords imply none.</summary>
    public string? Type => _found.Types is { Count: > 0 } types ? types[0] : Guess();

    private IEnumerable<SchemaAt> Certain => _found.Parts.Where(static part => !part.Tentative);

    public string? Text(string keyword) =>
        _found.Parts.Select(part => SchemaReader.Text(part.Json, keyword)).FirstOrDefault(static text => text is not null);

    public JsonElement? Member(string keyword) => Certain
        .Select(part => SchemaReader.Member(part.Json, keyword)).FirstOrDefault(static member => member is not null);

    public int? Integer(string keyword) =>
        Member(keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>The schema under a keyword; null when there is none.</summary>
    public SchemaAt? Under(string keyword) => Certain
        .Select(part => SchemaReader.Member(part.Json, keyword) is
        { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False } under
            ? new SchemaAt(under, $"{part.Pointer}/{keyword}") : (SchemaAt?)null)
        .FirstOrDefault(static found => found is not null);

    /// <summary>The declared members in order, each with all schemas that apply to it.</summary>
    public List<(string Name, List<SchemaAt> Schemas)> Properties()
    {
        var found = new List<(string Name, List<SchemaAt> Schemas)>();
        var byName = new Dictionary<string, List<SchemaAt>>(StringComparer.Ordinal);
        // A condition may narrow the member that it depends on: that field stays as it is, so that it can be changed.
        foreach (var part in _found.Parts.OrderBy(static part => part.IsConditional))
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

                schemas.Add(
                    new SchemaAt(
                        member.Value,
                        $"{part.Pointer}/properties/{JsonPointer.Escape(member.Name)}",
                        (part.Tentative || part.IsConditional) && schemas.Count > 0,
                        part.IsConditional));
            }
        }

        return found;
    }

    /// <summary>Whether some conditional part does not apply, or it is not known yet whether it does.</summary>
    public bool MayHaveMore => _found.Inapplicable.Count > 0;

    /// <summary>The names of members that only inapplicable parts declare.</summary>
    public IEnumerable<string> Inapplicable() => _found.Inapplicable.Count == 0
        ? []
        : new SchemaShape(_document, _found.Inapplicable, _chosen).Properties().Select(static each => each.Name);

    public HashSet<string> Required() => Certain
        .Select(static part => SchemaReader.Member(part.Json, "required"))
        .Where(static list => list is { ValueKind: JsonValueKind.Array })
        .SelectMany(static list => list!.Value.EnumerateArray())
        .Where(static name => name.ValueKind == JsonValueKind.String)
        .Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal);

    /// <summary>The schemas of the first items, one for each position.</summary>
    public List<SchemaAt> Prefix()
    {
        foreach (var part in Certain)
        {
            foreach (var keyword in new[] { "prefixItems", "items" })
            {
                if (SchemaReader.Member(part.Json, keyword) is { ValueKind: JsonValueKind.Array } list)
                {
                    return [
                        .. list.EnumerateArray()
                        .Select(
                            (each, index) =>
                                new SchemaAt(each, string.Create(CultureInfo.InvariantCulture, $"{part.Pointer}/{keyword}/{index}"))),
                    ];
                }
            }
        }

        return [];
    }

    /// <summary>The schema of members that are not declared by name; null when none are allowed or nothing is declared.</summary>
    public (SchemaAt Schema, string? Pattern)? Additional()
    {
        var patterns = Certain
            .Select(part => (part, map: SchemaReader.Member(part.Json, "patternProperties")))
            .Where(static each => each.map is { ValueKind: JsonValueKind.Object })
            .SelectMany(static each => each.map!.Value.EnumerateObject().Select(one =>
                (new SchemaAt(one.Value, $"{each.part.Pointer}/patternProperties/{JsonPointer.Escape(one.Name)}"), one.Name)))
            .ToList();
        if (patterns.Count == 1)
        {
            return patterns[0];
        }

        if (patterns.Count > 1)
        {
            return (new SchemaAt(JsonElement.Parse("{}"), "?"), string.Join(" or ", patterns.Select(static each => each.Name)));
        }

        return (Under("additionalProperties") ?? Under("unevaluatedProperties")) is { Json.ValueKind: not JsonValueKind.False } rest
            ? (rest, null)
            : null;
    }

    private string? Guess() =>
        Has("properties", "additionalProperties", "patternProperties", "required", "unevaluatedProperties") ? "object"
        : Has("items", "prefixItems", "minItems", "maxItems", "uniqueItems") ? "array"
        : Has("minLength", "maxLength", "pattern", "format") ? "string"
        : Has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number"
        : Has("if", "dependentSchemas") ? "object"
        : null;

    private bool Has(params string[] keywords) =>
        _found.Parts.Exists(part => keywords.Any(keyword => SchemaReader.Member(part.Json, keyword) is not null));

    /// <summary>The index of a value among the choices; -1 when it is none of them.</summary>
    public int ChoiceOf(JsonElement value) =>
        Choices is null
            ? -1
            : Choices.Select(static choice => choice.Json).ToList().FindIndex(choice => JsonEquality.Instance.Equals(choice, value));
}
