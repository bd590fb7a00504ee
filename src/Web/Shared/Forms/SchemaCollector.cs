using System.Text.Json;
using Orkestron.Schemas.Documents;

namespace Orkestron.Web.Shared.Forms;

/// <summary>
/// Collects the schemas that apply to one value, however they are combined: <c>$ref</c> with its neighbours, <c>allOf</c>,
/// conditions, null as an alternative, constants with titles, alternatives. Bounded. Not safe from several threads.
/// </summary>
/// <param name="document">Resolves references.</param>
/// <param name="chosen">The chosen branch of alternatives, by the pointer of the alternatives.</param>
/// <param name="conditions">Which conditions hold for the value; null when that is unknown, so that any may.</param>
internal sealed class SchemaCollector(
    SchemaDocument document, IReadOnlyDictionary<string, SchemaBranch> chosen, SchemaConditions? conditions)
{
    private const int MaxParts = 64;

    /// <summary>The schemas that apply, the outermost first.</summary>
    public List<SchemaAt> Parts { get; } = [];

    /// <summary>The conditional schemas that do not apply, or not yet.</summary>
    public List<SchemaAt> Inapplicable { get; } = [];

    /// <summary>The pointers that were referred to.</summary>
    public HashSet<string> Referred { get; } = new(StringComparer.Ordinal);

    /// <summary>The types that every schema allows, without null; null when no schema names one.</summary>
    public List<string>? Types { get; private set; }

    public bool Nullable { get; private set; }

    /// <summary>Whether there are several sets of alternatives, or more schemas than are looked at.</summary>
    public bool TooMuch { get; private set; }

    public IReadOnlyList<SchemaBranch> Branches { get; private set; } = [];

    /// <summary>The pointer of the set of alternatives.</summary>
    public string UnionPointer { get; private set; } = "";

    /// <summary>The values to choose from, with their titles; null when any value may be entered.</summary>
    public IReadOnlyList<(string? Title, JsonElement Json)>? Choices { get; private set; }

    /// <summary>Whether there is exactly one allowed value.</summary>
    public bool IsConstant { get; private set; }

    /// <summary>Adds a schema and everything that it brings.</summary>
    public void Collect(SchemaAt at)
    {
        if (Parts.Count >= MaxParts)
        {
            TooMuch = true;
            return;
        }

        if (at.Json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Parts.Add(at);
        Nullable |= SchemaReader.Member(at.Json, "nullable") is { ValueKind: JsonValueKind.True };
        if (!at.Tentative)
        {
            AddTypes(at.Json);
            AddChoices(at.Json);
        }

        if (SchemaReader.Text(at.Json, "$ref") is { } reference && document.Resolve(at.Pointer, reference) is { } target)
        {
            Referred.Add(target);
            Collect(at with { Json = document.At(target)!.Value, Pointer = target });
        }

        foreach (var part in at.List("allOf"))
        {
            Collect(part);
        }

        foreach (var keyword in new[] { "anyOf", "oneOf" })
        {
            Union(at, keyword);
        }

        Conditions(at);
    }

    private void Conditions(SchemaAt at)
    {
        if (SchemaReader.Member(at.Json, "if") is not null)
        {
            var applies = conditions?.Fits($"{at.Pointer}/if") ?? Applies.Unknown;
            Conditional(at, "/then", SchemaReader.Member(at.Json, "then"), applies);
            Conditional(at, "/else", SchemaReader.Member(at.Json, "else"), applies switch
            {
                Applies.Yes => Applies.No,
                Applies.No => Applies.Yes,
                _ => applies,
            });
        }

        foreach (var keyword in new[] { "dependentSchemas", "dependencies" })
        {
            if (SchemaReader.Member(at.Json, keyword) is not { ValueKind: JsonValueKind.Object } dependent)
            {
                continue;
            }

            foreach (var each in dependent.EnumerateObject().Where(static each => each.Value.ValueKind == JsonValueKind.Object))
            {
                Conditional(at, $"/{keyword}/{JsonPointer.Escape(each.Name)}", each.Value, conditions?.Has(each.Name) ?? Applies.Unknown);
            }
        }
    }

    private void Conditional(SchemaAt at, string under, JsonElement? schema, Applies applies)
    {
        if (schema is not { } part)
        {
            return;
        }

        var conditional = new SchemaAt(part, at.Pointer + under, at.Tentative, true);
        switch (applies)
        {
            case Applies.Yes:
                Collect(conditional);
                break;
            case Applies.Unknown:
                Collect(conditional with { Tentative = true });
                break;
            default:
                Inapplicable.Add(conditional);
                break;
        }
    }

    private void Union(SchemaAt at, string keyword)
    {
        var all = at.List(keyword);
        var pointer = $"{at.Pointer}/{keyword}";
        if (chosen.TryGetValue(pointer, out var branch))
        {
            Nullable |= all.Exists(static each => each.IsNull());
            Collect(branch.Schema with { IsConditional = at.IsConditional });
            return;
        }

        var branches = all.Where(each => !each.IsNull()).ToList();
        var nullable = branches.Count < all.Count;
        if (branches.Count == 1)
        {
            Nullable |= nullable;
            Collect(branches[0]);
            return;
        }

        // Alternatives that only require members (for instance one of two) do not change which fields there are.
        if (branches.Count == 0 || at.Tentative || !branches.Exists(static each => each.AddsFields()))
        {
            return;
        }

        Nullable |= nullable;
        var constants = branches.Select(static each => each.Constants()).ToList();
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
            UnionPointer = pointer;
            Branches = [.. branches.Select((branch, index) => new SchemaBranch(SchemaLabels.Of(document, branch, chosen, index), branch))];
        }
    }

    private void AddTypes(JsonElement schema)
    {
        var declared = SchemaReader.Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several =>
                several.EnumerateArray()
                    .Where(static type => type.ValueKind == JsonValueKind.String)
                    .Select(static type => type.GetString()!)
                    .ToList(),
            _ => (List<string>?)null,
        };
        if (declared is null)
        {
            return;
        }

        Nullable |= declared.Count > 1 && declared.Contains("null");
        var types = declared.Count > 1 ? declared.Where(static type => type != "null").ToList() : declared;
        if (types.Contains("number"))
        {
            types.Remove("integer");
        }

        Types = Types is null ? types : [.. Types.Where(type => types.Contains(type) || (type == "integer" && types.Contains("number")))];
    }

    private void AddChoices(JsonElement schema)
    {
        if (SchemaReader.Member(schema, "const") is { } only)
        {
            (Choices, IsConstant) = ([(null, only)], true);
        }
        else if (SchemaReader.Member(schema, "enum") is { ValueKind: JsonValueKind.Array } options && !IsConstant)
        {
            var titles = SchemaReader.Member(schema, "x-enumNames") ?? SchemaReader.Member(schema, "enumNames");
            Choices ??= [.. options.EnumerateArray().Select((option, index) => (
                titles is { ValueKind: JsonValueKind.Array } names && index < names.GetArrayLength()
                    && names[index].ValueKind == JsonValueKind.String
                    ? names[index].GetString() : null,
                option))];
        }
    }

    /// <summary>Makes each of several types an alternative of its own, or takes the one that was chosen.</summary>
    public void BranchByType(SchemaAt root)
    {
        if (Branches.Count > 0 || Choices is not null || Types is not { Count: > 1 } types)
        {
            return;
        }

        UnionPointer = "types:" + root.Pointer;
        Branches =
        [
            .. types.Select(static type => new SchemaBranch(
                SchemaLabels.OfType(type), new SchemaAt(JsonSerializer.SerializeToElement(new { type }), ""))),
        ];
        if (chosen.TryGetValue(UnionPointer, out var one))
        {
            (Types, Branches) = ([one.Schema.Json.GetProperty("type").GetString()!], []);
        }
    }
}
