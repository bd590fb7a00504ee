using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;

namespace Orkestron.Web.Shared.Forms;

// Fields that contain other fields.
internal sealed partial class FormBuilder
{
    private FormField List(SchemaShape shape, FormField field, FieldContext context)
    {
        var prefix = shape.Prefix();
        var items = shape.Under(prefix.Count > 0 && shape.Member("prefixItems") is null ? "additionalItems" : "items");
        if (items is { Json.ValueKind: JsonValueKind.False })
        {
            items = null;
        }

        if (prefix.Count == 0 && items is null)
        {
            return field;
        }

        var most = Math.Clamp(items is null ? prefix.Count : shape.Integer("maxItems") ?? FormState.MaxItems, 0, FormState.MaxItems);
        var least = Math.Clamp(shape.Integer("minItems") ?? 0, 0, most);
        var given = context.Given?.GetArrayLength();
        var count = given ?? _state.Count(context.Path)
            ?? Math.Max(prefix.Count, Math.Max(least, context.Required && context.Depth < 2 ? 1 : 0));
        if (given is null && _state.Count(context.Path) is null && Fallback(shape, context) is { ValueKind: JsonValueKind.Array } filled
            && filled.GetArrayLength() > 0)
        {
            (context, count) = (context with { Given = filled }, filled.GetArrayLength());
        }

        if (count > FormState.MaxItems || _state.Text(context.Path) is not null || !_budget.Take(count)
            || count > prefix.Count && items is null)
        {
            return field;
        }

        var above = context.Above.Union(shape.Parts.Select(static part => part.Pointer));
        return field with
        {
            Kind = FieldKind.List,
            MinItems = Math.Max(least, prefix.Count),
            MaxItems = most,
            Hint = Items(shape),
            Children =
            [
                .. Enumerable.Range(0, count).Select(index =>
                {
                    var schema = index < prefix.Count ? prefix[index] : items!.Value;
                    var item = Field([schema], new FieldContext(
                        $"{context.Path}/{index}", $"{context.Pointer}/{index}", "Item", true,
                        context.Given is { } list && index < list.GetArrayLength() ? list[index] : null, context.Given is null,
                        context.Depth + 1, above), None);
                    return item.Label == "Item" || index >= prefix.Count
                        ? item with { Label = string.Create(CultureInfo.InvariantCulture, $"{item.Label} {index + 1}") }
                        : item;
                }),
            ],
        };
    }

    private FormField Group(
        SchemaShape shape, FormField field, FieldContext context, IReadOnlyList<SchemaAt> roots, Dictionary<string, SchemaBranch> chosen)
    {
        var properties = shape.Properties();
        var additional = shape.Additional();
        if ((properties.Count == 0 && additional is null && !DeclaresMembers(shape)) || !_budget.Take(properties.Count))
        {
            return field;
        }

        var required = shape.Required();
        var above = context.Above.Union(shape.Parts.Select(static part => part.Pointer));
        var names = properties.Select(static each => each.Name).ToHashSet(StringComparer.Ordinal);
        var children = properties.Select(each =>
        {
            JsonElement? given = context.Given is { } filled && filled.TryGetProperty(each.Name, out var value) ? value : null;
            var needed = required.Contains(each.Name);
            return Field(each.Schemas, new FieldContext(
                FieldNames.Child(context.Path, each.Name), FieldNames.Child(context.Pointer, each.Name), each.Name, needed, given,
                // Members that the example or the earlier run left out stay empty.
                (context.Prefill && context.Required) || (context.Given is not null && given is null && needed),
                context.Depth + 1, above), None) with
            { IsConditional = each.Schemas[0].IsConditional };
        }).ToList();
        children.AddRange(Further(shape, field, context, additional, names, above));
        var isMap = properties.Count == 0 && children is [{ Kind: FieldKind.Map }];
        return field with
        {
            Kind = FieldKind.Group,
            Hint = isMap ? null : field.Hint,
            Children = [.. children],
        };
    }

    // An object that declares that it has no members.
    private static bool DeclaresMembers(SchemaShape shape) =>
        shape.MayHaveMore || shape.Member("properties") is not null
            || shape.Member("additionalProperties") is { ValueKind: JsonValueKind.False };

    /// <summary>The members that the schema does not name: as rows where it has a schema for them, otherwise, if there are any,
    /// as JSON.</summary>
    private IEnumerable<FormField> Further(
        SchemaShape shape, FormField owner, FieldContext context, (SchemaAt Schema, string? Pattern)? additional, HashSet<string> names,
        ImmutableHashSet<string> above)
    {
        var others = context.Given is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().Where(member => !names.Contains(member.Name)).ToList()
            : [];
        var (path, rest) = (FieldNames.Rows(context.Path), FieldNames.Rest(context.Path));
        var count = context.Given is null ? _state.Count(path) ?? 0 : others.Count;
        if (additional is { } further && count <= FormState.MaxItems && _state.Text(rest) is null && _budget.Take(count))
        {
            yield return new FormField
            {
                Path = path,
                Pointer = context.Pointer,
                Label = names.Count == 0 ? owner.Label : "Further fields",
                Hint = further.Pattern is { } pattern ? _budget.Text($"names match {pattern}", MaxLabel) : null,
                Kind = FieldKind.Map,
                MaxItems = FormState.MaxItems,
                Children =
                [
                    .. Enumerable.Range(0, count).Select(index =>
                    {
                        var at = $"{path}/{index}";
                        var name = context.Given is null ? _state.Other(FieldNames.Key(at)) ?? "" : others[index].Name;
                        return Field([further.Schema], new FieldContext(
                            at, FieldNames.Child(context.Pointer, name), name, true, context.Given is null ? null : others[index].Value,
                            context.Given is null, context.Depth + 1, above), None) with
                        { Label = string.Create(CultureInfo.InvariantCulture, $"Value {index + 1}"), Member = name };
                    }),
                ],
            };
            yield break;
        }

        // Members of conditions that do not hold are not sent to the agent.
        var inapplicable = shape.Inapplicable().ToHashSet(StringComparer.Ordinal);
        others.RemoveAll(member => inapplicable.Contains(member.Name));
        if (others.Count == 0 && _state.Text(rest) is null)
        {
            yield break;
        }

        yield return new FormField
        {
            Path = rest,
            Pointer = context.Pointer,
            Label = "Further fields",
            Help = additional is null && shape.Member("additionalProperties") is null
                ? "The agent's schema does not declare these fields, so the agent does not receive them." : null,
            Kind = FieldKind.Rest,
            Value = _state.Text(rest)
                ?? FormJson.Indented(
                    JsonSerializer.SerializeToElement(others.ToDictionary(static each => each.Name, static each => each.Value))),
        };
    }

    private FormField Variant(
        SchemaShape shape, FormField field, FieldContext context, IReadOnlyList<SchemaAt> roots, Dictionary<string, SchemaBranch> chosen)
    {
        var options = shape.Branches.Select((branch, index) => new FieldChoice(
            _budget.Text(branch.Label, MaxLabel) ?? "…", default)
        { Posted = index.ToString(CultureInfo.InvariantCulture) }).ToList();
        if (shape.Nullable)
        {
            options.Add(new FieldChoice("none (null)", Null) { Posted = "null" });
        }

        var value = context.Given is { } given
            ? given.ValueKind == JsonValueKind.Null && shape.Nullable ? "null" : Branch(shape, given)
            : _state.Other(FieldNames.Variant(context.Path))
            ?? (context.Required && !shape.Nullable ? "0" : context.Required ? "null" : "");
        var made = field with { Kind = FieldKind.Variant, Value = value ?? "", Choices = [.. options] };
        if (value is null || !_budget.Take(1))
        {
            return field;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= shape.Branches.Count)
        {
            return made with { Value = value is "null" ? value : "" };
        }

        var inner = new Dictionary<string, SchemaBranch>(chosen, StringComparer.Ordinal) { [shape.UnionPointer] = shape.Branches[number] };
        var child = Field(roots, context with { Required = true, Depth = context.Depth + 1 }, inner);
        return made with { Children = [child with { Label = shape.Branches[number].Label, Help = null }] };
    }

    /// <summary>The index of the branch that a value matches; null when it matches none.</summary>
    private string? Branch(SchemaShape shape, JsonElement value)
    {
        for (var i = 0; i < shape.Branches.Count; i++)
        {
            var branch = shape.Branches[i].Schema;
            var fits = shape.UnionPointer.StartsWith("types:", StringComparison.Ordinal)
                ? IsOf(SchemaReader.Text(branch.Json, "type"), value)
                : _compiled.Value?.Fits(branch.Pointer, value) == true;
            if (fits)
            {
                return i.ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static bool IsOf(string? type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type is "number" or "integer",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Array => type == "array",
        JsonValueKind.Object => type == "object",
        _ => false,
    };

    private static string? Items(SchemaShape shape) => (shape.Integer("minItems"), shape.Integer("maxItems")) switch
    {
        ( > 0 and { } least, { } most) => $"{least} to {most}",
        ( > 0 and { } least, null) => $"at least {least}",
        (_, { } most) => $"at most {most}",
        _ => null,
    };
}
