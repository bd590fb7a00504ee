using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>
/// Generates JSON Schemas from .NET types, as inputs and outputs are serialized. <see cref="DescriptionAttribute"/>,
/// <see cref="DisplayAttribute"/>, <see cref="RangeAttribute"/>, <see cref="StringLengthAttribute"/>,
/// <see cref="MinLengthAttribute"/>, <see cref="MaxLengthAttribute"/> and <see cref="RegularExpressionAttribute"/> on
/// properties and constructor parameters are included.
/// </summary>
public static class SchemaOf
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) => Describe(context, node),
    };

    /// <summary>The schema of a type.</summary>
    public static JsonElement Type<T>() => Type(typeof(T));

    /// <inheritdoc cref="Type{T}"/>
    public static JsonElement Type(Type type)
    {
        var node = SdkJson.Schemas.GetJsonSchemaAsNode(type, Options);
        if (node is JsonObject schema)
        {
            schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        }

        return JsonSerializer.SerializeToElement(node);
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        var sources = new[] { context.PropertyInfo?.AssociatedParameter?.AttributeProvider, context.PropertyInfo?.AttributeProvider }
            .OfType<ICustomAttributeProvider>().ToArray();
        foreach (var attribute in sources.SelectMany(static source => source.GetCustomAttributes(inherit: true)))
        {
            Describe(schema, attribute);
        }

        if (sources.Length == 0 && context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>() is { } about)
        {
            schema["description"] = about.Description;
        }

        return schema;
    }

    private static void Describe(JsonObject schema, object attribute)
    {
        var isList = schema.ContainsKey("items");
        switch (attribute)
        {
            case DescriptionAttribute { Description.Length: > 0 } description:
                schema["description"] = description.Description;
                break;
            case DisplayAttribute { Name: { } name }:
                schema["title"] = name;
                break;
            case RangeAttribute range:
                schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, System.Globalization.CultureInfo.InvariantCulture));
                schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case StringLengthAttribute length:
                schema["minLength"] = length.MinimumLength;
                schema["maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute least:
                schema[isList ? "minItems" : "minLength"] = least.Length;
                break;
            case MaxLengthAttribute most:
                schema[isList ? "maxItems" : "maxLength"] = most.Length;
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = pattern.Pattern;
                break;
            default:
                break;
        }
    }
}
