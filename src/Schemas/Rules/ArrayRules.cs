using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Rules;

/// <summary><c>minItems</c> and <c>maxItems</c>.</summary>
internal sealed class ItemCountRule(long least, long most) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = value.GetArrayLength();
        return (count >= least || context.Report("minItems", $"Give at least {Wording.Count(least, "item")}."))
            & (count <= most || context.Report("maxItems", $"Give at most {Wording.Count(most, "item")}."));
    }
}

internal sealed class UniqueItemsRule : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var first = new Dictionary<JsonElement, int>(JsonEquality.Instance);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!first.TryAdd(item, ++index))
            {
                return context.Report("uniqueItems", $"Items {first[item]} and {index} are the same: leave one out.");
            }
        }

        return true;
    }
}

/// <summary><c>prefixItems</c> and <c>items</c>.</summary>
internal sealed class ItemsRule(SchemaNode[] prefix, SchemaNode? rest) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        foreach (var item in value.EnumerateArray())
        {
            var node = index < prefix.Length ? prefix[index] : rest;
            if (node is null)
            {
                break;
            }

            if (!context.Run.Visit(node, item, context.Location?.Item(index), context.Run.Element(context.Evaluated, index)))
            {
                fits = false;
                if (!context.Run.IsReporting || node.Always is false)
                {
                    return false;
                }
            }

            index++;
        }

        if (context.Evaluated is { } evaluated)
        {
            evaluated.NamesItems |= prefix.Length > 0;
            evaluated.AllItems |= rest is not null;
            evaluated.FirstItems = Math.Max(evaluated.FirstItems, index);
        }

        return fits;
    }
}

internal sealed class ContainsRule(SchemaNode wanted, long least, long most) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (found, index) = (0L, 0);
        foreach (var item in value.EnumerateArray())
        {
            if (context.Run.FitsUnreported(wanted, item, context.Location?.Item(index), null))
            {
                found++;
                context.Evaluated?.Item(index);
            }

            index++;
        }

        var what = wanted.Title is { } title ? $" of the kind '{title}'" : " of the kind that is asked for";
        return (found >= least || context.Report("contains", $"Give at least {Wording.Count(least, "item")}{what}."))
            && (found <= most || context.Report("maxContains", $"Give at most {Wording.Count(most, "item")}{what}."));
    }
}

internal sealed class UnevaluatedItemsRule(SchemaNode rest) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        foreach (var item in value.EnumerateArray())
        {
            fits &= context.Evaluated!.HasItem(index)
                || context.Run.Visit(rest, item, context.Location?.Item(index), context.Run.Element(context.Evaluated, index));
            index++;
        }

        (context.Evaluated!.AllItems, context.Evaluated.NamesItems) = (true, true);
        return fits;
    }
}
