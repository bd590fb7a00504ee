using System.Text.Json;
using Orkestron.Schemas.Checking;

namespace Orkestron.Schemas.Rules;

/// <summary><c>allOf</c> and <c>$ref</c>.</summary>
internal sealed class AllOfRule(SchemaNode[] nodes) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Check(JsonElement value, in RuleContext context)
    {
        var fits = true;
        foreach (var node in nodes)
        {
            fits &= context.Run.Visit(node, value, context.Location, context.Evaluated);
            if (!fits && !context.Run.IsReporting)
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

    public override bool Check(JsonElement value, in RuleContext context)
    {
        var fitting = new List<SchemaNode>();
        foreach (var node in nodes)
        {
            var evaluated = context.Evaluated is null ? null : new EvaluatedParts();
            if (!context.Run.FitsUnreported(node, value, context.Location, evaluated))
            {
                continue;
            }

            fitting.Add(node);
            if (evaluated is not null)
            {
                context.Evaluated!.Take(evaluated);
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

        if (context.Run.IsReporting)
        {
            Report(value, context, fitting);
        }

        return false;
    }

    private void Report(JsonElement value, in RuleContext context, List<SchemaNode> fitting)
    {
        if (fitting.Count > 1)
        {
            var titles = fitting.Where(static node => node.Title is not null).Select(static node => node.Title!).ToList();
            context.Report("oneOf", titles.Count > 1
                ? $"This fits more than one of what is allowed ({string.Join(", ", titles)}): make it fit one only."
                : "This fits more than one of what is allowed: make it fit one only.");
            return;
        }

        var (run, location) = (context.Run, context.Location);
        var faults = nodes.Select(node => run.FaultsOf(node, value, location)).ToList();
        if (faults.All(static branch => branch.Count > 0 && branch.All(static fault => fault.Keyword == "required")))
        {
            context.Report(one ? "oneOf" : "anyOf", $"Fill in {Wording.Or([.. faults.Select(static branch => string.Join(" and ", branch.Select(static fault => fault.Title))).Distinct()])}.");
            return;
        }

        // The branch that was probably meant: its constants and types fit, and it has the fewest other faults.
        var here = location?.Pointer() ?? "";
        var ranked = faults.Select(branch => (Faults: branch, Rank: Rank(branch, here))).OrderBy(static each => each.Rank).ToList();
        if (ranked.Count == 1 || ranked[0].Rank < ranked[1].Rank)
        {
            run.Report(ranked[0].Faults);
            return;
        }

        var names = nodes.Where(static node => node.Title is not null).Select(static node => node.Title!).Distinct().ToList();
        context.Report(one ? "oneOf" : "anyOf", names.Count > 1
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

    public override bool Check(JsonElement value, in RuleContext context) =>
        !context.Run.FitsUnreported(node, value, context.Location, null)
            || context.Report("not", node.Title is { } title ? $"This may not be '{title}'." : "This value is not allowed here.");
}

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override bool Check(JsonElement value, in RuleContext context)
    {
        var evaluated = context.Evaluated is null ? null : new EvaluatedParts();
        var holds = context.Run.FitsUnreported(condition, value, context.Location, evaluated);
        if (holds && evaluated is not null)
        {
            context.Evaluated!.Take(evaluated);
        }

        return (holds ? then : otherwise) is not { } next || context.Run.Visit(next, value, context.Location, context.Evaluated);
    }
}

internal sealed class DependentSchemasRule(IReadOnlyDictionary<string, SchemaNode> nodes) : Rule
{
    public override IEnumerable<SchemaNode> InPlace => nodes.Values;

    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var (name, node) in nodes)
        {
            fits &= !value.TryGetProperty(name, out _) || context.Run.Visit(node, value, context.Location, context.Evaluated);
        }

        return fits;
    }
}
