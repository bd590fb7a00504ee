using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts.Artifacts;

namespace Orkestron.Web.Components.Forms;

/// <summary>Makes a form from a JSON Schema and what stands in it. Pure.</summary>
internal static class FormBuilder
{
    private const int MaxDepth = 6;
    private const int LongTextFrom = 1_000;

    // A schema that refers to itself in many places would grow without end: what is beyond is typed as JSON.
    private const int MaxFields = 500;

    /// <summary>The form of a schema; a field of kind Json when it has no form.</summary>
    public static FormField Build(JsonElement schema, FormState state) => Field(schema, schema, "", "Input", true, state, 0, new int[1]);

    private static FormField Field(
        JsonElement root, JsonElement declared, string path, string name, bool required, FormState state, int depth, int[] fields)
    {
        var schema = SchemaWords.Resolve(root, declared);
        var label = SchemaWords.Text(schema, "title") ?? SchemaWords.Humanise(name);
        var fallback = SchemaWords.Member(schema, "default");
        var field = new FormField
        {
            Path = path,
            Label = label,
            Help = SchemaWords.Text(schema, "description"),
            Kind = FieldKind.Json,
            Required = required,
        };
        if (SchemaWords.Member(schema, "enum") is { ValueKind: JsonValueKind.Array } options)
        {
            return field with
            {
                Kind = FieldKind.Choice,
                Value = state.Text(path) ?? Shown(fallback) ?? "",
                Choices = [.. options.EnumerateArray().Select(option => new FieldChoice(Shown(option) ?? "null", option))],
            };
        }

        return SchemaWords.Type(schema) switch
        {
            "string" when SchemaWords.Text(schema, "format") == ArtifactReference.Format => field with
            {
                Kind = FieldKind.File,
                Value = state.Text(path) ?? "",
            },
            "string" => Text(field, schema, state, fallback),
            "number" => Number(field, schema, state, fallback, FieldKind.Number),
            "integer" => Number(field, schema, state, fallback, FieldKind.Integer),
            "boolean" => field with
            {
                Kind = FieldKind.Boolean,
                Checked = state.Posted(path)
                    ? state.Text(path) is not null
                    : (state.Text(path) ?? Shown(fallback)) == "true",
            },
            "array" when depth < MaxDepth && fields[0] < MaxFields && state.Text(path) is null && SchemaWords.Member(schema, "items") is { } items
                => List(root, field, schema, items, state, depth, fields),
            "object" when depth < MaxDepth && SchemaWords.Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties
                && fields[0] + properties.GetPropertyCount() <= MaxFields
                => Group(root, field, schema, properties, state, depth, fields),
            _ => field with { Value = state.Json(path) ?? (fallback is { } json ? FormJson.Indented(json) : "") },
        };
    }

    private static FormField Text(FormField field, JsonElement schema, FormState state, JsonElement? fallback)
    {
        var length = SchemaWords.Integer(schema, "maxLength");
        var isLong = SchemaWords.Member(schema, "x-multiline") is { ValueKind: JsonValueKind.True } || length > LongTextFrom;
        return field with
        {
            Kind = isLong ? FieldKind.LongText : FieldKind.Text,
            Value = state.Text(field.Path) ?? Shown(fallback) ?? "",
            MaxLength = length,
        };
    }

    private static FormField Number(
        FormField field, JsonElement schema, FormState state, JsonElement? fallback, FieldKind kind) => field with
        {
            Kind = kind,
            Value = state.Text(field.Path) ?? Shown(fallback) ?? "",
            Minimum = SchemaWords.Number(schema, "minimum"),
            Maximum = SchemaWords.Number(schema, "maximum"),
        };

    private static FormField List(
        JsonElement root, FormField field, JsonElement schema, JsonElement items, FormState state, int depth, int[] fields)
    {
        var least = Math.Clamp(SchemaWords.Integer(schema, "minItems") ?? 0, 0, FormState.MaxItems);
        var most = Math.Clamp(SchemaWords.Integer(schema, "maxItems") ?? FormState.MaxItems, 0, FormState.MaxItems);
        var count = state.Count(field.Path) ?? Math.Max(least, field.Required ? 1 : 0);
        if (fields[0] + count > MaxFields)
        {
            return field with { Value = state.Json(field.Path) ?? "" };
        }

        fields[0] += count;
        var noun = SchemaWords.Text(SchemaWords.Resolve(root, items), "title") ?? "Item";
        return field with
        {
            Kind = FieldKind.List,
            MinItems = least,
            MaxItems = most,
            Children = [.. Enumerable.Range(0, count).Select(index =>
                Field(root, items, $"{field.Path}/{index}", noun, true, state, depth + 1, fields) with
                { Label = string.Create(CultureInfo.InvariantCulture, $"{noun} {index + 1}") })],
        };
    }

    private static FormField Group(
        JsonElement root, FormField field, JsonElement schema, JsonElement properties, FormState state, int depth, int[] fields)
    {
        var required = SchemaWords.Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(static name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        fields[0] += properties.GetPropertyCount();
        return field with
        {
            Kind = FieldKind.Group,
            Children = [.. properties.EnumerateObject().Select(member => Field(
                root, member.Value, FieldNames.Child(field.Path, member.Name), member.Name,
                required.Contains(member.Name), state, depth + 1, fields))],
        };
    }

    private static string? Shown(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };
}
