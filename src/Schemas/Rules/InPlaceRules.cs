using System.Text.Json;
using Orkestron.Schemas.Checking;

namespace Orkestron.Schemas.Rules;

/// <summary><c>allOf</c> and <c>$ref</c>.</summary>
internal sealed class AllOfRule(SchemaNode[] nodes) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Check(JsonElement value, in Spot spot)
    {
        var fits = true;
        foreach (var node in nodes)
        {
            fits &= spot.Run.Visit(node, value, spot.Place, spot.Seen);
            if (!fits && !spot.Run.Tells)
            {
                return false;
            }
        }

        return fits;
    }
}

/// <summary><c>anyOf</c> and <c>oneOf</c>.</summary>
internal sealed class ChoiceRule(SchemaNode[] nodes, bool one) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Check(JsonElement value, in Spot spot)
    {
        var fitting = new List<SchemaNode>();
        foreach (var node in nodes)
        {
            var seen = spot.Seen is null ? null : new Seen();
            if (!spot.Run.Silently(node, value, spot.Place, seen))
            {
                continue;
            }

            fitting.Add(node);
            if (seen is not null)
            {
                spot.Seen!.Take(seen);
            }
            else if (!one || fitting.Count > 1)
            {
                break;
            }
        }

        if (fitting.Count == 1 || (!one && fitting.Count > 0))
        {
            return true;
        }

        if (spot.Run.Tells)
        {
            Tell(value, spot, fitting);
        }

        return false;
    }

    private void Tell(JsonElement value, in Spot spot, List<SchemaNode> fitting)
    {
        if (fitting.Count > 1)
        {
            var titles = fitting.Where(static node => node.Title is not null).Select(static node => node.Title!).ToList();
            spot.Tell("oneOf", titles.Count > 1
                ? $"This fits more than one of what is allowed ({string.Join(", ", titles)}): make it fit one only."
                : "This fits more than one of what is allowed: make it fit one only.");
            return;
        }

        var (run, place) = (spot.Run, spot.Place);
        var faults = nodes.Select(node => run.Apart(node, value, place)).ToList();
        if (faults.All(static branch => branch.Count > 0 && branch.All(static fault => fault.Keyword == "required")))
        {
            spot.Tell(one ? "oneOf" : "anyOf", $"Fill in {Wording.Or([.. faults.Select(static branch => string.Join(" and ", branch.Select(static fault => fault.Title))).Distinct()])}.");
            return;
        }

        // The branch that was meant: what says what it is (a constant, a type) fits, and the fewest other things are wrong.
        var here = place?.Pointer() ?? "";
        var ranked = faults.Select(branch => (Faults: branch, Rank: Rank(branch, here))).OrderBy(static each => each.Rank).ToList();
        if (ranked.Count == 1 || ranked[0].Rank < ranked[1].Rank)
        {
            run.Tell(ranked[0].Faults);
            return;
        }

        var names = nodes.Where(static node => node.Title is not null).Select(static node => node.Title!).Distinct().ToList();
        spot.Tell(one ? "oneOf" : "anyOf", names.Count > 1
            ? $"This fits none of what is allowed: {string.Join(", ", names)}."
            : ranked[0].Faults is [var first] && first.Path == here ? first.Message : "This fits none of what is allowed.");
    }

    private static int Rank(IReadOnlyList<Fault> faults, string here) => faults.Sum(fault => fault.Keyword switch
    {
        "type" when fault.Path == here => 10_000,
        "const" or "enum" => 1_000,
        _ => 1,
    });
}

internal sealed class NotRule(SchemaNode node) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => [node];

    public override bool Check(JsonElement value, in Spot spot) =>
        !spot.Run.Silently(node, value, spot.Place, null) || spot.Tell("not", node.Title is { } title ? $"This may not be '{title}'." : "This value is not allowed here.");
}

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override bool Check(JsonElement value, in Spot spot)
    {
        var seen = spot.Seen is null ? null : new Seen();
        var holds = spot.Run.Silently(condition, value, spot.Place, seen);
        if (holds && seen is not null)
        {
            spot.Seen!.Take(seen);
        }

        return (holds ? then : otherwise) is not { } next || spot.Run.Visit(next, value, spot.Place, spot.Seen);
    }
}

internal sealed class DependentSchemasRule(IReadOnlyDictionary<string, SchemaNode> nodes) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => nodes.Values;

    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var (name, node) in nodes)
        {
            fits &= !value.TryGetProperty(name, out _) || spot.Run.Visit(node, value, spot.Place, spot.Seen);
        }

        return fits;
    }
}
