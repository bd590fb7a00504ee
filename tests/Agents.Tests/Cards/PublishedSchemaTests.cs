using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Chat;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Cards;

/// <summary>
/// The generated schemas against those that were published when they were still written by hand: the same inputs and answers fit, and
/// the form has the same fields, in the same order, with the same texts.
/// </summary>
public sealed class PublishedSchemaTests(AgentsFixture agents)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cards", "Published");

    public static TheoryData<string> Published =>
        [.. Directory.GetFiles(Folder, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Published))]
    public void Schemas_Generated_MeanWhatWasPublished(string name)
    {
        var card = CardOf(name);
        var published = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        Assert.Equal(Canonical(published["input"]!), Canonical(JsonNode.Parse(card.InputSchema.GetRawText())!));
        Assert.Equal(Canonical(published["output"]!), Canonical(JsonNode.Parse(card.OutputSchema.GetRawText())!));
    }

    [Theory]
    [InlineData("""{"type":"string","maxLength":5}""", """{"type":"string","maxLength":6}""")]
    [InlineData("""{"properties":{"a":{},"b":{}}}""", """{"properties":{"b":{},"a":{}}}""")]
    [InlineData("""{"required":["a"]}""", """{"required":["a","b"]}""")]
    [InlineData("""{"title":"A"}""", """{"title":"B"}""")]
    public void Canonical_OfSchemasThatDiffer_Differs(string one, string other) =>
        Assert.NotEqual(Canonical(JsonNode.Parse(one)!), Canonical(JsonNode.Parse(other)!));

    private AgentCard CardOf(string name) => name == "chat"
        ? ChatCard.Of(new ModelsOptions { Endpoint = new Uri("http://models.example/v1"), Key = "key", Model = "model" })
        : agents[name].Card;

    private static string Canonical(JsonNode schema) =>
        Canonical(schema, schema)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    // Keywords sorted, references written out, the type left away where the words tell it. The order of properties is the form's.
    private static JsonNode? Canonical(JsonNode? node, JsonNode root)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(each => Canonical(each, root))]);
        }

        if (node is not JsonObject schema)
        {
            return node?.DeepClone();
        }

        var keywords = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in schema.Where(static each => each.Key is not ("$ref" or "$defs")).Concat(Referred(schema, root)))
        {
            keywords[name] = name switch
            {
                "properties" =>
                    new JsonObject(value!.AsObject().Select(each => KeyValuePair.Create(each.Key, Canonical(each.Value, root)))),
                "required" =>
                    new JsonArray(
                        [
                            .. value!.AsArray()
                            .Select(static each => each!.GetValue<string>())
                            .Order()
                            .Select(static each => JsonValue.Create(each)),
                        ]),
                _ => Canonical(value, root),
            };
        }

        if (keywords.ContainsKey("enum") && keywords.TryGetValue("type", out var type)
            && type is JsonValue only && only.GetValueKind() == JsonValueKind.String
            && only.GetValue<string>() == "string")
        {
            keywords.Remove("type");
        }

        return new JsonObject(keywords);
    }

    private static JsonObject Referred(JsonObject schema, JsonNode root) =>
        schema["$ref"] is { } reference
            ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(root, static (at, part) => at[part]!).AsObject()
            : [];
}
