using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Writes what is known of a value as JSON Schema. Pure.</summary>
internal static class ShapeSchema
{
    private const int MaxDepth = 20;
    private const int MaxBytes = 65_536;

    /// <summary>The schema, or null when something of the value is not known.</summary>
    public static JsonElement? Of(Shape shape)
    {
        var written = Write(shape, 0);
        if (written is not JsonObject schema)
        {
            return null;
        }

        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            whole[name] = value;
        }

        return whole.ToJsonString().Length <= MaxBytes ? JsonSerializer.SerializeToElement(whole) : null;
    }

    private static JsonNode? Write(Shape shape, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        switch (shape)
        {
            case ReferredShape referred:
                return Write(referred.Value, depth + 1);
            case LiteralShape literal:
                return new JsonObject { ["const"] = JsonNode.Parse(literal.Value.GetRawText()) };
            case SchemaShape schema:
                return Inlined(schema.Schema, schema.Schema.Node, depth);
            case ListShape list:
                return Write(list.Item, depth + 1) is { } item ? new JsonObject { ["type"] = "array", ["items"] = item } : null;
            case TupleShape tuple:
                var items = tuple.Items.Select(each => Write(each, depth + 1)).ToArray();
                return items.Any(static each => each is null) ? null : new JsonObject
                {
                    ["type"] = "array",
                    ["prefixItems"] = new JsonArray(items),
                    ["items"] = false,
                    ["minItems"] = items.Length,
                };
            case UnionShape union:
                var options = union.Options.Select(each => Write(each, depth + 1)).ToArray();
                return options.Any(static each => each is null) ? null : new JsonObject { ["anyOf"] = new JsonArray(options) };
            case ObjectShape whole:
                var properties = whole.Members.Select(each => (each.Key, Value: Write(each.Value, depth + 1))).ToArray();
                return properties.Any(static each => each.Value is null) ? null : new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(properties.Select(static each => KeyValuePair.Create(each.Key, each.Value))),
                    ["required"] = new JsonArray([.. whole.Members.Keys.Select(static name => (JsonNode)name)]),
                    ["additionalProperties"] = false,
                };
            default:
                return null;
        }
    }

    // References of the schema lead within its own document, and not round.
    private static JsonNode? Inlined(Schema schema, JsonElement node, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                var items = node.EnumerateArray().Select(each => Inlined(schema, each, depth + 1)).ToArray();
                return items.Any(static each => each is null) ? null : new JsonArray(items);
            case JsonValueKind.Object:
                var written = new JsonObject();
                var together = new JsonArray();
                foreach (var member in node.EnumerateObject().Where(
                    static each => each.Name is not ("$defs" or "$schema" or "definitions")))
                {
                    if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String)
                    {
                        if (schema.Find(member.Value.GetString()!) is not { } target || Inlined(schema, target, depth + 1) is not { } found)
                        {
                            return null;
                        }

                        together.Add(found);
                    }
                    else if (Inlined(schema, member.Value, depth + 1) is { } value)
                    {
                        written[member.Name] = value;
                    }
                    else if (member.Value.ValueKind != JsonValueKind.Null)
                    {
                        return null;
                    }
                }

                return together.Count == 0 ? written : Joined(written, together);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonNode.Parse(node.GetRawText());
        }
    }

    private static JsonObject Joined(JsonObject written, JsonArray together)
    {
        if (written["allOf"] is JsonArray more)
        {
            foreach (var each in more.ToArray())
            {
                more.Remove(each);
                together.Add(each);
            }
        }

        written["allOf"] = together;
        return written;
    }
}
