using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>Makes a valid example for a schema, with realistic values.</summary>
internal sealed class ExampleValues(IDictionary<string, IOpenApiSchema> schemas)
{
    private const int MaxDepth = 6;

    // JSON values by member name, or by schema and member name.
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
        ["prefix"] = "\"ork_3f9a\"",
        ["statusMessage"] = "\"Completed.\"",
        ["message"] = "\"Reading the text.\"",
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
        ["to"] = "\"parent\"",
        ["role"] = "\"agent\"",
        ["sha256"] = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
        ["digest"] = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
        ["mediaType"] = "\"text/csv\"",
        ["title"] = "\"Keyword extractor\"",
        ["summary"] = "\"Finds the key phrases of a text.\"",
        ["skills"] = "[\"keywords\"]",
        ["settled"] = "true",
        ["fromStep"] = "2",
        ["expiresAt"] = "\"2026-12-07T12:00:00Z\"",
        ["fields"] = "[\"/text\"]",
        ["timeoutSeconds"] = "120",
        ["maxConcurrency"] = "4",
        ["maxInputBytes"] = "262144",
        ["startedAt"] = "\"2026-11-30T12:00:00Z\"",
        ["endedAt"] = "\"2026-11-30T12:00:02Z\"",
        ["createdAt"] = "\"2026-11-30T12:00:00Z\"",
        ["deadline"] = "\"2026-11-30T12:30:00Z\"",
        ["AgentListing.provider"] = "\"orkestron\"",
        ["AgentListing.name"] = "\"keyword-extractor\"",
        ["Artifact.name"] = "\"sales.csv\"",
        ["CreatedApiKey.key"] = "\"ork_3f9a...\"",
        ["StepMarkDetail.kind"] = "\"timer\"",
        ["StepMarkDetail.key"] = "\"0.1\"",
        ["WalletEntry.kind"] = "\"capture\"",
        ["Posting.account"] = "\"wallet\"",
        ["ProviderEndpoint.state"] = "\"verified\"",
        ["AgentHealth.state"] = "\"up\"",
        ["Health.status"] = "\"live\"",
        ["TaskEvent.type"] = "\"step.completed\"",
        ["EndpointEvent.type"] = "\"progress\"",
        ["SendEndpointMessage.type"] = "\"draft\"",
        ["SendEndpointMessage.key"] = "\"0\"",
        ["TakeEndpointMessage.key"] = "\"0\"",
        ["CallbackReceipt.status"] = "\"recorded\"",
        ["seed"] = "\"uqQ0GvW-rkB6ug4_2_lWGQ\"",
        ["ticket"] = "\"CfDJ8KOpkTEzBmVOi2CZ1BScdAd...\"",
        ["bits"] = "17",
        ["Policy.url"] = "\"/privacy/versions/1\"",
        ["ShareLink.url"] = "\"/share/0197a000000070008000000000000001.dGhlIHNlY3JldCBvZiB0aGUgbGluaw\"",
        ["PurposeConsent.purpose"] = "\"evaluate\"",
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

    /// <summary>An example; null when there is none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="sent">Whether it is for a request body, which then has the required members only.</param>
    public JsonNode? Of(IOpenApiSchema schema, bool sent) => Of(schema, new MemberPath("", ""), sent, 0);

    /// <summary>An example for any JSON value.</summary>
    public static JsonNode AnyValue() => JsonNode.Parse(Json["output"])!;

    /// <summary>An example of a problem with a status.</summary>
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

    private JsonNode? Of(IOpenApiSchema schema, MemberPath path, bool sent, int depth)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return schemas.TryGetValue(id, out var target) ? Of(target, path with { Schema = id }, sent, depth) : null;
        }

        if (Known(schema, path) is { } known)
        {
            return known;
        }

        if (depth > 0
            && (schema.Type?.HasFlag(JsonSchemaType.Null) == true
                || schema.OneOf?.Any(static each => each.Type == JsonSchemaType.Null) == true))
        {
            return null;
        }

        return schema.OneOf is { Count: > 0 } choices ? Of(choices[^1], path, sent, depth)
            : schema.Enum is { Count: > 0 } values ? values[0]?.DeepClone()
            : (schema.Type ?? 0) switch
            {
                JsonSchemaType.String => Text(schema, path.Member),
                JsonSchemaType.Integer => 1,
                JsonSchemaType.Number => 0.5,
                JsonSchemaType.Boolean => false,
                JsonSchemaType.Array =>
                    depth >= MaxDepth || schema.Items is null ? new JsonArray() : new JsonArray(Item(schema.Items, path, sent, depth)),
                JsonSchemaType.Object when depth < MaxDepth && schema.Properties is { } members => new JsonObject(members
                    .Where(member => !sent || IsSent(schema, path, member))
                    .Select(
                        member => KeyValuePair.Create(member.Key, Of(member.Value, path with { Member = member.Key }, sent, depth + 1)))),
                _ => new JsonObject(),
            };
    }

    // The required members; if there are none, those with a known example.
    private static bool IsSent(IOpenApiSchema schema, MemberPath path, KeyValuePair<string, IOpenApiSchema> member) =>
        schema.Required is { Count: > 0 } required
        ? required.Contains(member.Key)
        : Known(member.Value, path with { Member = member.Key }) is not null;

    // The name of a list does not describe the objects in it.
    private JsonNode? Item(IOpenApiSchema items, MemberPath path, bool sent, int depth) =>
        Of(items, items is OpenApiSchema { Type: JsonSchemaType.String } ? path : path with { Member = "" }, sent, depth + 1);

    private static JsonNode? Known(IOpenApiSchema schema, MemberPath path) =>
        path.Member.Length > 0
        && (Json.TryGetValue($"{path.Schema}.{path.Member}", out var text) || Json.TryGetValue(path.Member, out text))
        && JsonNode.Parse(text) is { } node && Fits(node, schema)
            ? node
            : null;

    private static bool Fits(JsonNode node, IOpenApiSchema schema)
    {
        var instant = schema.Format == "date-time";
        return schema.OneOf is null && schema.Pattern is null && (schema.Type is not { } type || node.GetValueKind() switch
        {
            JsonValueKind.String =>
                type.HasFlag(JsonSchemaType.String)
                    && (schema.Format is null || (instant && DateTimeOffset.TryParse(
                        node.GetValue<string>(), CultureInfo.InvariantCulture, out _))),
            JsonValueKind.Number => type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number),
            JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
            JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array) && schema.Items is OpenApiSchema { Type: JsonSchemaType.String },
            _ => type.HasFlag(JsonSchemaType.Object) && schema.Properties is null,
        });
    }

    private static JsonValue Text(IOpenApiSchema schema, string name) => JsonValue.Create(schema.Format switch
    {
        "uuid" => "0197a000-0000-7000-8000-000000000001",
        "date-time" => "2026-11-30T12:00:00Z",
        "date" => "2026-11-30",
        "uri" => "https://agents.acme.example/",
        _ when schema.Pattern is not null => "0.011",
        _ => Humanise(name),
    });

    private static string Humanise(string name)
    {
        var words = string.Concat(
            name.Select(static (each, path) => char.IsUpper(each) && path > 0 ? $" {char.ToLowerInvariant(each)}" : $"{each}"));
        return words.Length == 0 ? "text" : words;
    }

    private readonly record struct MemberPath(string Schema, string Member);
}
