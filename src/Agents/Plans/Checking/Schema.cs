using System.Text.Json;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>
/// A JSON Schema at a location of its document, read for what it surely demands; keywords that are not understood here are ignored.
/// Schemas with circular or external references are refused before.
/// </summary>
/// <param name="Root">The document, for its references.</param>
/// <param name="Node">The schema.</param>
internal readonly record struct Schema(JsonElement Root, JsonElement Node)
{
    private const int MaxDepth = 16;

    public static Schema Of(JsonElement document) => new(document, document);

    public Schema At(JsonElement node) => new(Root, node);

    /// <summary>The value of a keyword, or null.</summary>
    public JsonElement? Word(string keyword) =>
        Node.ValueKind == JsonValueKind.Object && Node.TryGetProperty(keyword, out var value) ? value : null;

    /// <summary>The schemas in a list, for instance of <c>anyOf</c>.</summary>
    public IEnumerable<Schema> Listed(string keyword)
    {
        var schema = this;
        return Word(keyword) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(each => schema.At(each))
            : [];
    }

    /// <summary>The schema itself and all that hold with it: what it refers to, and <c>allOf</c>.</summary>
    public IReadOnlyList<Schema> Together()
    {
        var all = new List<Schema>();
        Gather(this, all, 0);
        return all;
    }

    /// <summary>The alternatives of <c>anyOf</c> and <c>oneOf</c>, one list for each.</summary>
    public IEnumerable<IReadOnlyList<Schema>> Choices() => new[] { Listed("anyOf").ToList(), [.. Listed("oneOf")] }
        .Where(static choice => choice.Count > 0);

    /// <summary>The types a value may have.</summary>
    public JsonTypes Types() => Types(0);

    private JsonTypes Types(int depth)
    {
        if (depth > MaxDepth)
        {
            return JsonTypes.All;
        }

        var types = JsonTypes.All;
        foreach (var each in Together())
        {
            if (each.Node.ValueKind == JsonValueKind.False)
            {
                return JsonTypes.None;
            }

            types &= each.Word("type") is { } type ? JsonTypeWords.Named(type) : JsonTypes.All;
            types &= each.Word("const") is { } only ? JsonTypeWords.Of(only) : JsonTypes.All;
            types &= each.Word("enum") is { ValueKind: JsonValueKind.Array } some
                ? some.EnumerateArray().Aggregate(JsonTypes.None, static (all, value) => all | JsonTypeWords.Of(value))
                : JsonTypes.All;
            foreach (var choice in each.Choices())
            {
                types &= choice.Aggregate(JsonTypes.None, (all, one) => all | one.Types(depth + 1));
            }
        }

        return types;
    }

    private static void Gather(Schema schema, List<Schema> all, int depth)
    {
        if (depth > MaxDepth || all.Count > 200)
        {
            return;
        }

        all.Add(schema);
        if (schema.Word("$ref") is { ValueKind: JsonValueKind.String } reference && schema.Find(reference.GetString()!) is { } target)
        {
            Gather(schema.At(target), all, depth + 1);
        }

        foreach (var each in schema.Listed("allOf"))
        {
            Gather(each, all, depth + 1);
        }
    }

    /// <summary>What a reference within the document names, or null.</summary>
    public JsonElement? Find(string reference) => reference switch
    {
        "#" => Root,
        ['#', '/', ..] => Pointer.Find(Root, Uri.UnescapeDataString(reference[1..])),
        _ => null,
    };
}
