using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Orkestron.Web.Operations.Description;

/// <summary>Writes an example for a schema: valid, with values that look as they do in use.</summary>
internal sealed class ExampleValues(IDictionary<string, IOpenApiSchema> schemas)
{
    private const int MaxDepth = 6;

    private static readonly Dictionary<string, string> Json = new(StringComparer.OrdinalIgnoreCase)
    {
        ["agent"] = "\"orkestron/keyword-extractor\"",
        ["provider"] = "\"acme\"",
        ["name"] = "\"laptop\"",
        ["version"] = "\"1.0.0\"",
        ["agentVersion"] = "\"1.0.0\"",
        ["current"] = "\"1.1.0\"",
        ["candidate"] = "\"1.2.0\"",
        ["listed"] = "true",
        ["email"] = "\"ada@example.org\"",
        ["password"] = "\"four words make a password\"",
        ["displayName"] = "\"Ada\"",
        ["over18"] = "true",
        ["acceptedPolicyVersion"] = "1",
        ["scopes"] = "[\"read\",\"write\"]",
        ["key"] = "\"0.1\"",
        ["prefix"] = "\"ork_3f9a\"",
        ["input"] = "{\"text\":\"Durable tasks survive crashes.\"}",
        ["result"] = "{\"keyphrases\":[{\"phrase\":\"durable tasks\",\"score\":0.9}]}",
        ["output"] = "{\"keyphrases\":[{\"phrase\":\"durable tasks\",\"score\":0.9}]}",
        ["inputSchema"] = "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}",
        ["outputSchema"] = "{\"type\":\"object\"}",
        ["schema"] = "{\"type\":\"boolean\"}",
        ["plan"] = "{\"steps\":[{\"id\":\"words\",\"call\":\"orkestron/keyword-extractor\",\"input\":{\"text\":{\"$ref\":\"/input/text\"}}}]}",
        ["data"] = "{}",
        ["content"] = "{\"draft\":\"A first version.\"}",
        ["state"] = "\"completed\"",
        ["kind"] = "\"worker\"",
        ["country"] = "\"DE\"",
        ["origin"] = "\"https://agents.acme.example\"",
        ["endpoint"] = "\"https://agents.acme.example/echo\"",
        ["to"] = "\"parent\"",
        ["type"] = "\"progress\"",
        ["next"] = "null",
        ["sha256"] = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
        ["mediaType"] = "\"text/plain\"",
        ["url"] = "\"/privacy/versions/1\"",
        ["status"] = "\"live\"",
        ["title"] = "\"Keyword extractor\"",
        ["summary"] = "\"Finds the key phrases of a text.\"",
        ["skills"] = "[\"keywords\"]",
        ["percent"] = "40",
        ["share"] = "10",
        ["retryAfterSeconds"] = "5",
        ["yaml"] = "\"steps: []\"",
        ["planYaml"] = "\"steps: []\"",
    };

    private static readonly JsonObject Problem = new()
    {
        ["type"] = "urn:orkestron:problem:invalid",
        ["title"] = "The request is not valid",
        ["status"] = 400,
        ["detail"] = "#/agent: This is required.",
        ["code"] = "invalid",
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };

    /// <summary>An example, or null for what has none.</summary>
    public JsonNode? Of(IOpenApiSchema schema) => Of(schema, "", 0);

    /// <summary>A problem with a status.</summary>
    public static JsonNode ProblemOf(string status)
    {
        var problem = Problem.DeepClone().AsObject();
        if (status != "400" && int.TryParse(status, out var code))
        {
            problem["status"] = code;
            problem["title"] = AnswerTexts.Of(status);
            problem["detail"] = AnswerTexts.Of(status);
            problem["code"] = ProblemCodes.Of(code);
            problem["type"] = $"urn:orkestron:problem:{ProblemCodes.Of(code)}";
        }

        return problem;
    }

    private JsonNode? Of(IOpenApiSchema schema, string name, int depth)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return schemas.TryGetValue(id, out var target) ? Of(target, name, depth) : null;
        }

        if (schema.OneOf is { Count: > 0 } choices)
        {
            return Of(choices[^1], name, depth);
        }

        if (schema.Enum is { Count: > 0 } values)
        {
            return values[0]?.DeepClone();
        }

        var kind = (schema.Type ?? 0) & ~JsonSchemaType.Null;
        if (schema.Format is null && Json.TryGetValue(name, out var known) && JsonNode.Parse(known) is var node && Fits(node, schema.Type))
        {
            return node;
        }

        return kind switch
        {
            JsonSchemaType.String => Text(schema, name),
            JsonSchemaType.Integer => 1,
            JsonSchemaType.Number => 0.5,
            JsonSchemaType.Boolean => false,
            JsonSchemaType.Array => depth >= MaxDepth || schema.Items is null ? new JsonArray() : new JsonArray(Of(schema.Items, schema.Items is OpenApiSchema { Type: JsonSchemaType.String } ? name : "", depth + 1)),
            JsonSchemaType.Object when depth < MaxDepth && schema.Properties is { } members =>
                new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, member.Key, depth + 1)))),
            _ => new JsonObject(),
        };
    }

    private static bool Fits(JsonNode? node, JsonSchemaType? type) => type is null || (node?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => type.Value.HasFlag(JsonSchemaType.String),
        System.Text.Json.JsonValueKind.Number => type.Value.HasFlag(JsonSchemaType.Integer) || type.Value.HasFlag(JsonSchemaType.Number),
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => type.Value.HasFlag(JsonSchemaType.Boolean),
        System.Text.Json.JsonValueKind.Array => type.Value.HasFlag(JsonSchemaType.Array),
        System.Text.Json.JsonValueKind.Object => type.Value.HasFlag(JsonSchemaType.Object),
        _ => type.Value.HasFlag(JsonSchemaType.Null),
    });

    private static JsonValue Text(IOpenApiSchema schema, string name) => JsonValue.Create(schema.Format switch
    {
        "uuid" => "0197a000-0000-7000-8000-000000000001",
        "date-time" => "2026-11-30T12:00:00Z",
        "date" => "2026-11-30",
        "uri" => "https://agents.acme.example/",
        _ when schema.Pattern is not null => "0.25",
        _ => Words(name),
    });

    private static string Words(string name)
    {
        var words = string.Concat(name.Select(static (each, place) => char.IsUpper(each) && place > 0 ? $" {char.ToLowerInvariant(each)}" : $"{each}"));
        return words.Length == 0 ? "text" : words;
    }
}
