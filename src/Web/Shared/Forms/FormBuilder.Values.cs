using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Artifacts;

namespace Orkestron.Web.Shared.Forms;

// Fields with a single value.
internal sealed partial class FormBuilder
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    private FormField Choice(
        SchemaShape shape, IReadOnlyList<(string? Title, JsonElement Json)> choices, FormField field, FieldContext context)
    {
        if (context.Given is { } given && shape.ChoiceOf(given) < 0 && !(shape.Nullable && given.ValueKind == JsonValueKind.Null))
        {
            return field;
        }

        if (shape.IsConstant && context.Required && !shape.Nullable)
        {
            return field with
            {
                Kind = FieldKind.Constant,
                Value = DisplayText(choices[0].Json) ?? "null",
                Choices = [new FieldChoice(DisplayText(choices[0].Json) ?? "null", choices[0].Json)],
            };
        }

        if (!_budget.TakeCharacters(choices.Sum(static choice => 20 + choice.Json.GetRawText().Length)))
        {
            return field;
        }

        var options = choices.Select(
            static choice => new FieldChoice(choice.Title ?? DisplayText(choice.Json) ?? "none (null)", choice.Json)).ToList();
        if (shape.Nullable && !options.Exists(static option => option.Json.ValueKind == JsonValueKind.Null))
        {
            options.Add(new FieldChoice("none (null)", Null));
        }

        return Chosen(shape, options, field, context);
    }

    private FormField Chosen(SchemaShape shape, List<FieldChoice> options, FormField field, FieldContext context)
    {
        // 1 and "1" look the same, so such choices are shown as JSON. Choices that are not unique texts are posted by index.
        var alike = options.GroupBy(static option => option.Text, StringComparer.Ordinal).Where(static group => group.Count() > 1)
            .Select(static group => group.Key).ToHashSet(StringComparer.Ordinal);
        var byText = alike.Count == 0
            && options.TrueForAll(
                static option =>
                    option.Text.Length > 0 && option.Json.ValueKind == JsonValueKind.String && option.Json.GetString() == option.Text);
        var choices = options.Select((option, index) => option with
        {
            Text = alike.Contains(option.Text) || option.Text.Length == 0 ? option.Json.GetRawText() : option.Text,
            Posted = byText ? option.Text : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{index}"),
        }).ToList();
        var value = (context.Given ?? (_state.Text(context.Path) is null ? Fallback(shape, context) : null)) is { } filled
            ? choices.Find(choice => Schemas.Numbers.JsonEquality.Instance.Equals(choice.Json, filled))?.Posted ?? ""
            : _state.Text(context.Path) ?? "";
        // The text of a choice is accepted as well, because programs post it.
        var posted = choices.Find(choice => choice.Posted == value) ?? choices.Find(choice => choice.Text == value);
        return field with
        {
            Kind = FieldKind.Choice,
            Value = posted?.Posted ?? value,
            Choices = [.. choices],
            Placeholder = Default(shape),
        };
    }

    private FormField Text(SchemaShape shape, FormField field, FieldContext context)
    {
        var given = context.Given?.GetString();
        if (given?.Any(static sign => sign is '\r' || (char.IsControl(sign) && sign is not ('\n' or '\t'))) == true)
        {
            // No HTML control preserves such characters.
            return field;
        }

        var value = given ?? _state.Text(context.Path) ?? DisplayText(Fallback(shape, context)) ?? "";
        var format = shape.Text("format");
        if (format == ArtifactReference.Format)
        {
            return field with { Kind = FieldKind.File, Value = value };
        }

        var (least, most) = (shape.Integer("minLength"), shape.Integer("maxLength"));
        var made = field with { Value = value, Placeholder = Default(shape) ?? Example(format), Hint = Length(least, most) };
        switch (format)
        {
            case "date" when value.Length == 0 || Day().IsMatch(value):
                return made with { Kind = FieldKind.Date };
            case "date-time" or "time":
                return DateOrTime(made, context, format == "date-time");
            default:
                var isLong = shape.Member("x-multiline") is { ValueKind: JsonValueKind.True } || most > LongTextFrom
                    || value.Contains('\n', StringComparison.Ordinal) || format is "byte" or "binary"
                    || shape.Text("contentMediaType") is not null;
                return made with { Kind = isLong ? FieldKind.LongText : FieldKind.Text };
        }
    }

    // Browsers omit seconds of zero and have no time zones.
    private FormField DateOrTime(FormField field, FieldContext context, bool hasDay)
    {
        var value = field.Value;
        var zone = "Z";
        if (_state.Other(FieldNames.Zone(context.Path)) is { } posted && context.Given is null && value.Length > 0)
        {
            zone = posted.Trim();
            value = (Short().IsMatch(value) ? value + ":00" : value) + zone;
        }

        var match = Whole().Match(value);
        return value.Length == 0 || (match.Success && match.Groups[1].Success == hasDay)
            ? field with { Kind = FieldKind.Zoned, HasDay = hasDay, Value = value, Zone = match.Success ? match.Groups[2].Value : zone }
            : field with { Kind = FieldKind.Text, Value = value };
    }

    private FormField Number(SchemaShape shape, FormField field, FieldContext context, FieldKind kind) => field with
    {
        Kind = kind,
        Value = context.Given?.GetRawText() ?? _state.Text(context.Path) ?? DisplayText(Fallback(shape, context)) ?? "",
        Placeholder = Default(shape),
        Hint = Range(shape),
    };

    private FormField Boolean(SchemaShape shape, FormField field, FieldContext context)
    {
        if (context.Required && !shape.Nullable)
        {
            return field with
            {
                Kind = FieldKind.Boolean,
                Checked = context.Given is { } given ? given.ValueKind == JsonValueKind.True
                    : _state.Posted(context.Path) ? _state.Text(context.Path) is not null
                    : Fallback(shape, context) is { ValueKind: JsonValueKind.True },
            };
        }

        var made = Choice(
            new SchemaShape(_document, shape.Parts, None),
            [("yes", JsonElement.Parse("true")), ("no", JsonElement.Parse("false"))],
            field,
            context.Given is { ValueKind: JsonValueKind.True or JsonValueKind.False } ? context with { Given = null } : context);
        var value = context.Given ?? (_state.Text(context.Path) is null ? Fallback(shape, context) : null);
        return value is { ValueKind: JsonValueKind.True or JsonValueKind.False } known
            ? made with { Value = known.ValueKind == JsonValueKind.True ? "#0" : "#1" }
            : made;
    }

    private string? Default(SchemaShape shape) =>
        DisplayText(shape.Member("default")) is { Length: > 0 and <= 60 } text ? _budget.Text($"{text} when left empty", 100) : null;

    private static string? Example(string? format) => format switch
    {
        "email" => "ada@example.org",
        "uri" or "url" => "https://example.org/page",
        "uuid" => "0190f3c4-9a5e-7c31-8d2b-6f1e2a3b4c5d",
        "duration" => "PT1H30M",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "hostname" => "www.example.org",
        "date-time" => "2026-01-31T09:30:00Z",
        "time" => "09:30:00Z",
        "date" => "2026-01-31",
        _ => null,
    };

    private static string? Length(int? least, int? most) => (least, most) switch
    {
        ( > 1 and { } from, { } to and < LongTextFrom) => $"{from} to {to} characters",
        ( > 1 and { } from, _) => $"at least {from} characters",
        (_, { } to and < LongTextFrom) => $"at most {to} characters",
        _ => null,
    };

    private static string? Range(SchemaShape shape)
    {
        var (least, most) = (Number(shape, "minimum"), Number(shape, "maximum"));
        var (above, below) = (Number(shape, "exclusiveMinimum"), Number(shape, "exclusiveMaximum"));
        var parts = new[]
        {
            (least, most) switch
            {
                ({ } from, { } to) => $"{from} to {to}",
                ({ } from, null) => $"{from} or more",
                (null, { } to) => $"{to} or less",
                _ => null,
            },
            above is null ? null : $"more than {above}",
            below is null ? null : $"less than {below}",
            Number(shape, "multipleOf") is { } step and not "1" ? $"a multiple of {step}" : null,
        };
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } hint ? hint : null;
    }

    private static string? Number(SchemaShape shape, string word) =>
        shape.Member(word) is { ValueKind: JsonValueKind.Number } number && number.GetRawText() is { Length: <= 40 } text ? text : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?:\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
