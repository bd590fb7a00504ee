using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Artifacts;
using Orkestron.Schemas;
using Orkestron.Schemas.Documents;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Builds a form from a JSON Schema and its content. Pure.</summary>
internal sealed partial class FormBuilder
{
    private const int MaxDepth = 8;
    private const int OpenDepth = 3;
    private const int LongTextFrom = 1_000;
    private const int MaxLabel = 200;
    private const int MaxHelp = 2_000;

    // Which fields apply depends on the value, and the value on the fields: the form is rebuilt with its value at most this often.
    private const int MaxRounds = 8;

    private readonly SchemaDocument _document;
    private readonly FormState _state;
    private readonly FormBudget _budget = new();
    private readonly Lazy<JsonSchema?> _compiled;

    // The value of the previous round; null in the first.
    private readonly JsonElement? _value;
    private readonly StringBuilder _conditions = new();

    private FormBuilder(SchemaDocument document, Lazy<JsonSchema?> compiled, FormState state, JsonElement? value) =>
        (_document, _compiled, _state, _value) = (document, compiled, state, value);

    /// <summary>The position and context of a field.</summary>
    /// <param name="Path">The path that names its controls.</param>
    /// <param name="Pointer">A JSON Pointer to its value in the input.</param>
    /// <param name="Member">Its name.</param>
    /// <param name="Required">Whether it must have a value.</param>
    /// <param name="Given">The value to fill it with; null when there is none.</param>
    /// <param name="Prefill">Whether defaults are filled in.</param>
    /// <param name="Depth">Its nesting depth.</param>
    /// <param name="Above">The pointers of the schemas that contain it.</param>
    private sealed record FieldContext(
        string Path, string Pointer, string Member, bool Required, JsonElement? Given, bool Prefill, int Depth,
        ImmutableHashSet<string> Above);

    /// <summary>The form of a schema; a field of kind Json when the schema cannot be rendered as a form.</summary>
    public static FormField Build(JsonElement schema, FormState state)
    {
        try
        {
            var document = new SchemaDocument(schema);
            var compiled = new Lazy<JsonSchema?>(() => Compile(schema));
            JsonElement? value = null;
            string? before = null;
            for (var round = 0; ; round++)
            {
                var builder = new FormBuilder(document, compiled, state, value);
                var form = builder.Field(
                    [new SchemaAt(schema, "")], new FieldContext("", "", "Input", true, state.Given, state.Given is null, 0, []), None);
                var conditions = builder._conditions.ToString();
                if (conditions.Length == 0 || conditions == before || round == MaxRounds)
                {
                    return form;
                }

                before = conditions;
                value = FormJson.TryParse(FormReader.Read(form).Input.ToString(), out var read, out _) ? read : Nothing;
            }
        }
        catch (Exception fault) when (fault is SchemaException or InvalidOperationException)
        {
            return new FormField
            {
                Path = "",
                Label = "Input",
                Kind = FieldKind.Json,
                Required = true,
                Value = state.Text("") ?? (state.Given is { } given ? FormJson.Indented(given) : ""),
            };
        }
    }

    private static Dictionary<string, SchemaBranch> None { get; } = [];

    private FormField Field(IReadOnlyList<SchemaAt> roots, FieldContext context, Dictionary<string, SchemaBranch> chosen)
    {
        var conditions = new SchemaConditions(_compiled, context.Given ?? Known(context.Pointer));
        var shape = new SchemaShape(_document, roots, chosen, conditions);
        _conditions.Append(conditions.Answers);
        var field = new FormField
        {
            Path = context.Path,
            Pointer = context.Pointer,
            Member = context.Member,
            Label = _budget.Text(shape.Text("title") is { Length: > 0 } title ? title : SchemaReader.Humanise(context.Member), MaxLabel)
                ?? "…",
            Help = _budget.Text(shape.Text("description"), MaxHelp),
            Kind = FieldKind.Json,
            Required = context.Required,
            Nullable = shape.Nullable,
            Default = context.Required ? shape.Member("default") : null,
            Conditions = conditions.Answers.Length > 0 ? conditions.Answers : null,
            PostedConditions = conditions.Answers.Length > 0 ? _state.Other(FieldNames.Conditions(context.Path)) : null,
        };
        if (Closed(shape, context))
        {
            return field with { Kind = FieldKind.Closed };
        }

        var made = Made(shape, field, context, roots, chosen);
        return made.Kind == FieldKind.Json ? Json(made, shape, context) : Blanks(made, context);
    }

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The value of the previous round at a pointer: an empty object when there is none; null in the first round.</summary>
    private JsonElement? Known(string pointer)
    {
        if (_value is not { } at || pointer.Length == 0)
        {
            return _value;
        }

        foreach (var part in pointer[1..].Split('/'))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(JsonPointer.Unescape(part), out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return Nothing;
            }
        }

        return at;
    }

    // Recursive and deeply nested fields are closed unless they have content.
    private bool Closed(SchemaShape shape, FieldContext context) =>
        !context.Required && context.Depth > 0 && context.Given is null && _state.Other(FieldNames.Open(context.Path)) is null
        && (shape.Referred.Overlaps(context.Above) || (context.Depth >= OpenDepth && shape.Type is "object" or "array"));

    private FormField Made(
        SchemaShape shape, FormField field, FieldContext context, IReadOnlyList<SchemaAt> roots, Dictionary<string, SchemaBranch> chosen)
    {
        if (shape.TooMuch || context.Depth > MaxDepth || _state.Other(FieldNames.Json(context.Path)) is not null)
        {
            return field;
        }

        if (shape.Choices is { } choices)
        {
            return Choice(shape, choices, field, context);
        }

        if (shape.Branches.Count > 0)
        {
            return Variant(shape, field, context, roots, chosen);
        }

        return (shape.Type, context.Given) switch
        {
            (_, { ValueKind: JsonValueKind.Null }) when shape.Type is not (null or "boolean") && shape.Nullable =>
                Typed(shape, field, context with { Given = null, Prefill = false }, roots, chosen),
            ("string", null or { ValueKind: JsonValueKind.String }) => Typed(shape, field, context, roots, chosen),
            ("number" or "integer", null or { ValueKind: JsonValueKind.Number }) => Typed(shape, field, context, roots, chosen),
            ("boolean", null or { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null }) =>
                Typed(shape, field, context, roots, chosen),
            ("array", null or { ValueKind: JsonValueKind.Array }) => Typed(shape, field, context, roots, chosen),
            ("object", null or { ValueKind: JsonValueKind.Object }) => Typed(shape, field, context, roots, chosen),
            _ => field,
        };
    }

    private FormField Typed(
        SchemaShape shape, FormField field, FieldContext context, IReadOnlyList<SchemaAt> roots, Dictionary<string,
        SchemaBranch> chosen) => shape.Type switch
        {
            "string" => Text(shape, field, context),
            "number" => Number(shape, field, context, FieldKind.Number),
            "integer" => Number(shape, field, context, FieldKind.Integer),
            "boolean" => Boolean(shape, field, context),
            "array" => List(shape, field, context),
            _ => Group(shape, field, context, roots, chosen),
        };

    private FormField Json(FormField field, SchemaShape shape, FieldContext context) => field with
    {
        Kind = FieldKind.Json,
        Children = [],
        Choices = [],
        Value = context.Given is { } given ? FormJson.Indented(given)
            : _state.Text(context.Path) ?? (Fallback(shape, context) is { } json ? FormJson.Indented(json) : ""),
    };

    /// <summary>Sets what is sent for an empty field, and whether the user can choose that.</summary>
    private FormField Blanks(FormField field, FieldContext context)
    {
        if (
            field.Kind is FieldKind.Choice or FieldKind.Boolean or FieldKind.Constant or FieldKind.Variant or FieldKind.Closed
                or FieldKind.File)
        {
            return field;
        }

        var hasEmpty = field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.List or FieldKind.Group or FieldKind.Map;
        var usual = !context.Required ? BlankMeans.Absent
            : field.Nullable ? BlankMeans.Null
            : hasEmpty ? BlankMeans.Empty : BlankMeans.Absent;
        var said = context.Given is { } given
            ? given.ValueKind == JsonValueKind.Null ? BlankMeans.Null : hasEmpty && FormReader.IsBlank(field) ? BlankMeans.Empty : usual
            : _state.Other(FieldNames.Blank(context.Path)) switch
            {
                "null" when field.Nullable => BlankMeans.Null,
                "empty" when hasEmpty => BlankMeans.Empty,
                "absent" when !context.Required => BlankMeans.Absent,
                _ => usual,
            };
        return field with
        {
            Blank = said,
            ShowsBlank = said != usual || (field.Nullable && (!context.Required || hasEmpty)),
        };
    }

    private JsonElement? Fallback(SchemaShape shape, FieldContext context) =>
        context.Prefill && context.Given is null && shape.Member("default") is { } fallback
            && _budget.TakeCharacters(fallback.GetRawText().Length)
            ? fallback
            : null;

    private static JsonSchema? Compile(JsonElement schema)
    {
        try
        {
            return JsonSchema.Of(Encoding.UTF8.GetBytes(schema.GetRawText()));
        }
        catch (SchemaException)
        {
            return null;
        }
    }

    private static string? DisplayText(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };
}
