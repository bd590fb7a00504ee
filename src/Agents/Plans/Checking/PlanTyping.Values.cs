using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts;

namespace Orkestron.Agents.Plans.Checking;

// Templates, references and conditions.
internal sealed partial class PlanTyping
{
    private Shape Template(JsonElement template, string path, ShapeScope scope)
    {
        if (PlanTemplate.Special(template) is { } special)
        {
            if (special.Name == PlanTemplate.Reference)
            {
                return new ReferredShape(Reference(special.Value.GetString()!, $"{path}/$ref", scope));
            }

            if (special.Name == PlanTemplate.Literal)
            {
                return new LiteralShape(special.Value);
            }

            foreach (var (part, i) in special.Value.EnumerateArray().Select(static (part, i) => (part, i)))
            {
                Template(part, $"{path}/$text/{i}", scope);
            }

            return Shape.Text;
        }

        return template.ValueKind switch
        {
            JsonValueKind.Object => new ObjectShape(template.EnumerateObject().ToDictionary(
                static member => member.Name,
                member => Template(member.Value, $"{path}/{JsonPointer.Escape(member.Name)}", scope))),
            JsonValueKind.Array => new TupleShape(
                [.. template.EnumerateArray().Select((item, i) => Template(item, $"{path}/{i}", scope))]),
            _ => new LiteralShape(template),
        };
    }

    private Shape Reference(string pointer, string path, ShapeScope scope)
    {
        var parts = pointer.Split('/');
        var taken = parts is [_, "steps", _, ..] ? 3 : 2;
        var at = scope.Find(string.Join('/', parts[..Math.Min(taken, parts.Length)])) ?? Shape.Unknown;
        for (var i = taken; i < parts.Length; i++)
        {
            if (ShapeLookup.Member(at, JsonPointer.Unescape(parts[i])) is { } next)
            {
                at = next;
                continue;
            }

            var names = ShapeLookup.Names(at);
            var there = names.Count > 0 ? $"there are {string.Join(", ", names)}" : $"it is {JsonTypeWords.Text(at.Types)}";
            Say(path, $"{string.Join('/', parts[..i])} has no '{JsonPointer.Unescape(parts[i])}': {there}.");
            return Shape.Unknown;
        }

        return at;
    }

    private static Shape? Walk(Shape shape, IEnumerable<string> parts)
    {
        var at = (Shape?)shape;
        foreach (var part in parts)
        {
            at = at is null ? null : ShapeLookup.Member(at, JsonPointer.Unescape(part));
        }

        return at;
    }

    private void Condition(JsonElement condition, string path, ShapeScope scope)
    {
        if (condition.TryGetProperty("not", out var not))
        {
            Condition(not, $"{path}/not", scope);
            return;
        }

        if ((condition.TryGetProperty("all", out var many) ? "all" : condition.TryGetProperty("any", out many) ? "any" : null) is { } word)
        {
            foreach (var (each, i) in many.EnumerateArray().Select(static (each, i) => (each, i)))
            {
                Condition(each, $"{path}/{word}/{i}", scope);
            }

            return;
        }

        // A test for existence is allowed even where the value never exists.
        if (condition.GetProperty("is").GetString() != "exists")
        {
            Reference(condition.GetProperty("ref").GetString()!, $"{path}/ref", scope);
            Template(condition.GetProperty("value"), $"{path}/value", scope);
        }
    }
}
