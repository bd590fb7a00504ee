using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Domain;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Reads the agent's input from a form. Fields that cannot be read have errors.</summary>
internal static partial class FormReader
{
    /// <summary>The input as compact JSON, and the errors of fields that could not be read.</summary>
    public static (Payload Input, IReadOnlyList<FieldError> Errors) Read(FormField form)
    {
        var errors = new List<FieldError>();
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, FormJson.Compact))
        {
            Write(writer, form, errors);
        }

        return (new Payload(buffer.WrittenSpan.ToArray()), errors);
    }

    /// <summary>Whether a field is empty.</summary>
    public static bool IsBlank(FormField field) => field.Kind switch
    {
        FieldKind.Boolean => false,
        FieldKind.Closed => true,
        FieldKind.Constant => true,
        FieldKind.Variant => field.Value.Length == 0,
        FieldKind.Group =>
            field.Children.All(static child => child.Kind == FieldKind.Boolean || (IsBlank(child) && child.Blank == BlankMeans.Absent)
            || (IsBlank(child) && child.Required)),
        FieldKind.List or FieldKind.Map => field.Children.IsEmpty,
        FieldKind.Text or FieldKind.LongText => field.Value.Length == 0,
        _ => string.IsNullOrWhiteSpace(field.Value),
    };

    private static void Write(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        if (field is { Blank: BlankMeans.Null, Kind: not FieldKind.Json } && IsBlank(field))
        {
            writer.WriteNullValue();
            return;
        }

        switch (field.Kind)
        {
            case FieldKind.Group:
                if (field.PostedConditions is { } shown && shown != field.Conditions)
                {
                    errors.Add(new FieldError(field.Pointer, "Other fields apply to what you entered. The form shows them now: check them and send it again."));
                }

                writer.WriteStartObject();
                Members(writer, field, errors, new HashSet<string>(StringComparer.Ordinal));
                writer.WriteEndObject();
                break;
            case FieldKind.List:
                writer.WriteStartArray();
                foreach (var item in field.Children)
                {
                    Write(writer, item, errors);
                }

                writer.WriteEndArray();
                break;
            case FieldKind.Variant when field.Children is [var one]:
                Write(writer, one, errors);
                break;
            case FieldKind.Variant when field.Value == "null":
                writer.WriteNullValue();
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(field.Checked);
                break;
            case FieldKind.Number or FieldKind.Integer:
                Number(writer, field, errors);
                break;
            case FieldKind.Choice or FieldKind.Constant when Choice(field) is { } choice:
                choice.Json.WriteTo(writer);
                break;
            case FieldKind.Choice or FieldKind.Variant:
                errors.Add(new FieldError(field.Pointer, "Choose one."));
                writer.WriteNullValue();
                break;
            case FieldKind.Json:
                Json(writer, field, errors);
                break;
            default:
                Text(writer, field.Value, field, errors);
                break;
        }
    }

    private static void Members(Utf8JsonWriter writer, FormField owner, List<FieldError> errors, HashSet<string> written)
    {
        foreach (var child in owner.Children)
        {
            switch (child.Kind)
            {
                case FieldKind.Map:
                    Rows(writer, child, errors, written);
                    break;
                case FieldKind.Rest:
                    Rest(writer, child, errors, written);
                    break;
                case FieldKind.Closed when !child.Required:
                    break;
                case var _ when IsBlank(child) && child.Kind != FieldKind.Constant
                    && (child.Blank == BlankMeans.Absent || child.Kind == FieldKind.Variant)
                    && !(child.Kind == FieldKind.Group && child.Required):
                    if (child is { Required: true, Default: { } standard })
                    {
                        writer.WritePropertyName(child.Member);
                        standard.WriteTo(writer);
                    }

                    Missing(child, errors);
                    break;
                default:
                    written.Add(child.Member);
                    writer.WritePropertyName(child.Member);
                    Write(writer, child, errors);
                    break;
            }
        }
    }

    private static void Rows(Utf8JsonWriter writer, FormField map, List<FieldError> errors, HashSet<string> written)
    {
        foreach (var row in map.Children)
        {
            if (!written.Add(row.Member))
            {
                errors.Add(new FieldError(map.Pointer, $"The name '{row.Member}' occurs twice. Remove one of them."));
                continue;
            }

            writer.WritePropertyName(row.Member);
            Write(writer, row, errors);
        }
    }

    private static void Rest(Utf8JsonWriter writer, FormField field, List<FieldError> errors, HashSet<string> written)
    {
        if (string.IsNullOrWhiteSpace(field.Value))
        {
            return;
        }

        if (!FormJson.TryParse(field.Value, out var value, out var fault) || value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(field.Pointer, fault.Length > 0 ? fault : "Enter the further fields as an object: { \"name\": value }."));
            return;
        }

        foreach (var member in value.EnumerateObject().Where(member => written.Add(member.Name)))
        {
            member.WriteTo(writer);
        }
    }

    private static FieldChoice? Choice(FormField field) => field.Kind == FieldKind.Constant
        ? field.Choices[0]
        : field.Choices.FirstOrDefault(choice => choice.Posted == field.Value)
        ?? field.Choices.FirstOrDefault(choice => choice.Text == field.Value);

    private static void Missing(FormField field, List<FieldError> errors)
    {
        if (field is { Required: true, Default: null })
        {
            errors.Add(new FieldError(field.Pointer, "Fill this in: the agent requires it."));
        }
    }

    private static void Text(Utf8JsonWriter writer, string text, FormField field, List<FieldError> errors)
    {
        try
        {
            writer.WriteStringValue(text);
        }
        catch (ArgumentException)
        {
            errors.Add(new FieldError(field.Pointer, "This contains an unpaired surrogate. Enter it again."));
            writer.WriteNullValue();
        }
    }

    // The digits are preserved as entered.
    private static void Number(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        var text = field.Value.Trim();
        if (Typed().Match(text) is { Success: true } typed)
        {
            var whole = typed.Groups["whole"].Value.TrimStart('0');
            var fraction = typed.Groups["fraction"].Value;
            var number = $"{(typed.Groups["sign"].Value == "-" ? "-" : "")}{(whole.Length == 0 ? "0" : whole)}"
                + $"{(fraction.Length > 0 ? "." + fraction : "")}{typed.Groups["exponent"].Value}";
            if (field.Kind == FieldKind.Number || JsonNumber.Of(System.Text.Encoding.ASCII.GetBytes(number)).IsInteger)
            {
                writer.WriteRawValue(number);
                return;
            }
        }

        errors.Add(new FieldError(field.Pointer, field.Kind == FieldKind.Integer
            ? "Enter a whole number, for instance 3."
            : "Enter a number, for instance 0.5."));
        writer.WriteNullValue();
    }

    private static void Json(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        if (FormJson.TryParse(field.Value, out var value, out var fault))
        {
            value.WriteTo(writer);
            return;
        }

        errors.Add(new FieldError(field.Pointer, fault));
        writer.WriteNullValue();
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?=\.?[0-9])(?<whole>[0-9]*)(?:\.(?<fraction>[0-9]*))?(?<exponent>[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Typed();
}
