using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Cards;

/// <summary>
/// JSON Schemas (2020-12) of the inputs and answers of agents, generated from the records that hold them. A member is required when
/// its parameter has no default and is not nullable, or has <c>[Required]</c>: nullable parameters of inputs stand for what a caller
/// may have left out, and no schema here allows null. <see cref="SchemaAttributes"/> lists the attributes that are used.
/// </summary>
internal static class CardSchema
{
    private static readonly JsonSerializerOptions Serializer = MakeSerializer();

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The schema of a record.</summary>
    /// <param name="patch">A JSON merge patch (RFC 7396) with what attributes cannot say, for instance <c>anyOf</c>; null for none.</param>
    public static JsonElement Of<T>(string? patch = null)
    {
        var schema = Serializer.GetJsonSchemaAsNode(typeof(T), Exporter).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        if (patch is not null)
        {
            Merge(schema, JsonNode.Parse(patch)!.AsObject());
        }

        return JsonSerializer.SerializeToElement(schema);
    }

    // The parts of a schema are described before the whole.
    private static JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = AsObject(node);
        WithoutNull(schema);
        if (schema.ContainsKey("enum"))
        {
            schema["type"] = "string";
        }

        SchemaAttributes.Apply(schema, context.TypeInfo.Type.GetCustomAttributes(inherit: false));
        if (schema["properties"] is JsonObject members)
        {
            Require(schema, context.TypeInfo);
            foreach (var property in context.TypeInfo.Properties)
            {
                var member = AsObject(members[property.Name]!);
                members[property.Name] = member;
                WithoutNull(member);
                SchemaAttributes.Apply(member, Attributes(property));
            }
        }

        return schema;
    }

    // Of a member of any type the schema is `true`: it becomes an object, for its title.
    private static JsonObject AsObject(JsonNode node) => node as JsonObject ?? [];

    /// <summary>What is null is left out of answers, and of inputs too.</summary>
    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(static type => type!.GetValue<string>()).First(static type => type != "null");
        }

        if (schema["enum"] is JsonArray words && words.Contains(null))
        {
            words.Remove(null);
        }

        if (schema.TryGetPropertyValue("default", out var value) && value is null)
        {
            schema.Remove("default");
        }
    }

    private static void Require(JsonObject schema, JsonTypeInfo type)
    {
        var required = type.Properties.Where(IsRequired).Select(static property => JsonValue.Create(property.Name)).ToArray<JsonNode>();
        schema.Remove("required");
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.AssociatedParameter is { HasDefaultValue: false }
        && (!property.IsGetNullable || Attributes(property).Any(
            static attribute => attribute is System.ComponentModel.DataAnnotations.RequiredAttribute));

    private static IEnumerable<object> Attributes(JsonPropertyInfo property) =>
        new[] { property.AssociatedParameter?.AttributeProvider, property.AttributeProvider }
            .OfType<ICustomAttributeProvider>()
            .SelectMany(static provider => provider.GetCustomAttributes(inherit: false));

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject part && target[name] is JsonObject own)
            {
                Merge(own, part);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    // As inputs are read, but for whole numbers: a converter of our own hides from the exporter what it reads.
    private static JsonSerializerOptions MakeSerializer()
    {
        var options = new JsonSerializerOptions(AgentJson.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
        };
        foreach (var hiding in options.Converters.Where(static converter => converter is not JsonStringEnumConverter).ToArray())
        {
            options.Converters.Remove(hiding);
        }

        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
