using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Planning;

// Lists that are made of what is there, and choices that follow from what is filled.
internal sealed partial class DataBinding
{
    private const int MaxItems = 50;

    /// <summary>A list of the one thing there is, of a list of words, or of labels that the goal names; null when there is none.</summary>
    private JsonArray? Listed(string name, Schema needed, string part)
    {
        if (Items(needed) is not { } item)
        {
            return null;
        }

        var one = _sources.Where(
            source => Fits(source, item) && GoalWords.Stem(source.Name) == GoalWords.Stem(name)).MaxBy(static source => source.Round)
            ?? (IsText(name) && item.Types() == JsonTypes.String ? Best(name.TrimEnd('s'), item, true, part) : null);
        if (one is not null)
        {
            return [Referring(one.Pointer)];
        }

        if (!ShapeLookup.Requires(item, "name"))
        {
            return null;
        }

        if (_sources.Find(source => Named(source, name)
            && source.Shape is LiteralShape { Value.ValueKind: JsonValueKind.Array }) is { } words
            && ((LiteralShape)words.Shape).Value is var list && list.GetArrayLength() is > 0 and <= MaxItems
            && list.EnumerateArray().All(static each => each.ValueKind == JsonValueKind.String))
        {
            return [
                .. Enumerable.Range(0, list.GetArrayLength())
                .Select(i => (JsonNode)new JsonObject { ["name"] = Referring($"{words.Pointer}/{i}") }),
            ];
        }

        return name == "labels" ? Labels(GoalValues.Labels(part) is { Count: > 0 } named ? named : GoalValues.UsualLabels) : null;
    }

    private static JsonArray Labels(IEnumerable<string> labels) =>
        [.. labels.Select(static label => (JsonNode)new JsonObject { ["name"] = label })];

    private static bool IsText(string name) => name is "texts" or "documents" or "messages" or "items" or "sentences";

    private static Schema? Items(Schema needed) =>
        needed.Together().Select(static each => each.Word("items") is { ValueKind: JsonValueKind.Object } items
        ? each.At(items)
        : (Schema?)null).FirstOrDefault(static items => items is not null);

    /// <summary>A choice that a filled member asks for: SQL is "needed to query", so what to do is to query.</summary>
    private static void Switch(JsonObject input, SchemaShape whole)
    {
        foreach (var name in ShapeLookup.Names(whole).Where(name => !input.ContainsKey(name)))
        {
            if (ShapeLookup.Member(whole, name) is not SchemaShape { Schema: var choice }
                || choice.Word("enum") is not { ValueKind: JsonValueKind.Array } values)
            {
                continue;
            }

            var asked = input.Select(member => ShapeLookup.Member(whole, member.Key) is SchemaShape { Schema: var filled }
                    && filled.Word("description") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "")
                .SelectMany(static text => text.Split("needed to ", 2) is [_, var what] ? GoalWords.Of(what).Take(1) : [])
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            var value = values.EnumerateArray().FirstOrDefault(
                value => value.ValueKind == JsonValueKind.String && asked.Contains(value.GetString()!));
            if (value.ValueKind == JsonValueKind.String)
            {
                input[name] = value.GetString();
            }
        }
    }
}
