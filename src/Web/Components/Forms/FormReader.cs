using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Orkestron.GrainInterfaces;

namespace Orkestron.Web.Components.Forms;

/// <summary>Makes the agent's input from a form. What the form itself cannot read is told at its field.</summary>
internal static class FormReader
{
    /// <summary>The input as compact JSON, and what could not be read.</summary>
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

    /// <summary>Whether nothing was put into a field, so that it is left out of the input when it may be.</summary>
    public static bool IsBlank(FormField field) => field.Kind switch
    {
        FieldKind.Boolean => false,
        FieldKind.Group => field.Children.All(static child => child.Kind == FieldKind.Boolean || IsBlank(child)),
        FieldKind.List => field.Children.IsEmpty,
        FieldKind.Text or FieldKind.LongText => field.Value.Length == 0,
        _ => string.IsNullOrWhiteSpace(field.Value),
    };

    private static void Write(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        switch (field.Kind)
        {
            case FieldKind.Group:
                writer.WriteStartObject();
                foreach (var child in field.Children)
                {
                    if (IsBlank(child) && (!child.Required || !Writable(child)))
                    {
                        Missing(child, errors);
                        continue;
                    }

                    writer.WritePropertyName(NameOf(child));
                    Write(writer, child, errors);
                }

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
            case FieldKind.Boolean:
                writer.WriteBooleanValue(field.Checked);
                break;
            case FieldKind.Number or FieldKind.Integer:
                Number(writer, field, errors);
                break;
            case FieldKind.Choice when field.Choices.FirstOrDefault(choice => choice.Text == field.Value) is { } choice:
                choice.Json.WriteTo(writer);
                break;
            case FieldKind.Json:
                Json(writer, field, errors);
                break;
            default:
                writer.WriteStringValue(field.Value);
                break;
        }
    }

    // An empty text, list or group is a value; an empty number, choice or JSON is none.
    private static bool Writable(FormField field) =>
        field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.List or FieldKind.Group;

    private static void Missing(FormField field, List<FieldError> errors)
    {
        if (field.Required)
        {
            errors.Add(new FieldError(field.Path, "Fill this in: the agent needs it."));
        }
    }

    private static void Number(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        if (field.Kind == FieldKind.Integer
            && long.TryParse(field.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else if (field.Kind == FieldKind.Number && double.TryParse(
            field.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            errors.Add(new FieldError(field.Path, field.Kind == FieldKind.Integer
                ? "Enter a whole number, for instance 3."
                : "Enter a number with a point, for instance 0.5."));
            writer.WriteNullValue();
        }
    }

    private static void Json(Utf8JsonWriter writer, FormField field, List<FieldError> errors)
    {
        if (FormJson.TryParse(field.Value, out var value, out var fault))
        {
            value.WriteTo(writer);
            return;
        }

        errors.Add(new FieldError(field.Path, fault));
        writer.WriteNullValue();
    }

    private static string NameOf(FormField field) => JsonPointer.Unescape(field.Path[(field.Path.LastIndexOf('/') + 1)..]);
}
