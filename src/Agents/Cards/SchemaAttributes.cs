using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orkestron.Agents.Cards;

/// <summary>
/// The attributes that describe records and their parameters in a schema: <c>[Display]</c> title and description, <c>[Range]</c>
/// limits of a number, <c>[StringLength]</c>, <c>[MinLength]</c>, <c>[MaxLength]</c> and <c>[Length]</c> limits of a text or list,
/// <c>[AllowedValues]</c> the words of a text, <c>[DefaultValue]</c> a default that differs from the parameter's, <c>[DataType]</c>
/// several lines or a format, <see cref="ItemsAttribute"/> what a list holds.
/// </summary>
internal static class SchemaAttributes
{
    public static void Apply(JsonObject schema, IEnumerable<object> attributes)
    {
        foreach (var attribute in attributes)
        {
            Apply(schema, attribute);
        }
    }

    private static void Apply(JsonObject schema, object attribute)
    {
        var length = schema["type"]?.GetValue<string>() == "array" ? "Items" : "Length";
        switch (attribute)
        {
            case DisplayAttribute display:
                Set(schema, "title", display.Name);
                Set(schema, "description", display.Description);
                break;
            case RangeAttribute range:
                Bound(schema, "minimum", range.Minimum);
                Bound(schema, "maximum", range.Maximum);
                break;
            case StringLengthAttribute text:
                AtLeast(schema, "minLength", text.MinimumLength);
                schema["maxLength"] = text.MaximumLength;
                break;
            case LengthAttribute both:
                AtLeast(schema, "min" + length, both.MinimumLength);
                schema["max" + length] = both.MaximumLength;
                break;
            case MinLengthAttribute least:
                AtLeast(schema, "min" + length, least.Length);
                break;
            case MaxLengthAttribute most:
                schema["max" + length] = most.Length;
                break;
            case AllowedValuesAttribute words:
                schema["enum"] = JsonSerializer.SerializeToNode(words.Values);
                break;
            case DefaultValueAttribute known:
                schema["default"] = JsonSerializer.SerializeToNode(known.Value);
                break;
            case DataTypeAttribute { DataType: DataType.MultilineText }:
                schema["x-multiline"] = true;
                break;
            case DataTypeAttribute { DataType: DataType.Custom } format:
                schema["format"] = format.CustomDataType;
                break;
            case ItemsAttribute items when (schema["items"] ?? schema["additionalProperties"]) is JsonObject each:
                Apply(each, items);
                break;
            default:
                break;
        }
    }

    private static void Apply(JsonObject schema, ItemsAttribute items)
    {
        Set(schema, "title", items.Title);
        AtLeast(schema, "minLength", items.MinLength);
        AtLeast(schema, "maxLength", items.MaxLength);
        Bound(schema, "minimum", items.Minimum);
        if (items.IsMultiline)
        {
            schema["x-multiline"] = true;
        }
    }

    private static void Set(JsonObject schema, string keyword, string? text)
    {
        if (text is not null)
        {
            schema[keyword] = text;
        }
    }

    private static void AtLeast(JsonObject schema, string keyword, int length)
    {
        if (length > 0)
        {
            schema[keyword] = length;
        }
    }

    // The ends of a type's range, and infinity, are no limit.
    private static void Bound(JsonObject schema, string keyword, object limit)
    {
        if (limit is not (int.MinValue or int.MaxValue or double.NegativeInfinity or double.PositiveInfinity))
        {
            schema[keyword] = JsonValue.Create(Convert.ToDecimal(limit, CultureInfo.InvariantCulture));
        }
    }
}
