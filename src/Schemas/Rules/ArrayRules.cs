using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Rules;

/// <summary><c>minItems</c> and <c>maxItems</c>.</summary>
internal sealed class ItemCountRule(long least, long most) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = value.GetArrayLength();
        return (count >= least || spot.Tell("minItems", $"Give at least {Wording.Count(least, "item")}."))
            & (count <= most || spot.Tell("maxItems", $"Give at most {Wording.Count(most, "item")}."));
    }
}

internal sealed class UniqueItemsRule : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
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
                return spot.Tell("uniqueItems", $"Items {first[item]} and {index} are the same: leave one out.");
            }
        }

        return true;
    }
}

/// <summary><c>prefixItems</c> and <c>items</c>.</summary>
internal sealed class ItemsRule(SchemaNode[] prefix, SchemaNode? rest) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
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

            if (!spot.Run.Visit(node, item, spot.Place?.Item(index), spot.Run.Element(spot.Seen, index)))
            {
                fits = false;
                if (!spot.Run.Tells || node.Always is false)
                {
                    return false;
                }
            }

            index++;
        }

        if (spot.Seen is { } seen)
        {
            seen.NamesItems |= prefix.Length > 0;
            seen.AllItems |= rest is not null;
            seen.FirstItems = Math.Max(seen.FirstItems, index);
        }

        return fits;
    }
}

internal sealed class ContainsRule(SchemaNode wanted, long least, long most) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (found, index) = (0L, 0);
        foreach (var item in value.EnumerateArray())
        {
            if (spot.Run.Silently(wanted, item, spot.Place?.Item(index), null))
            {
                found++;
                spot.Seen?.Item(index);
            }

            index++;
        }

        var what = wanted.Title is { } title ? $" of the kind '{title}'" : " of the kind that is asked for";
        return (found >= least || spot.Tell("contains", $"Give at least {Wording.Count(least, "item")}{what}."))
            && (found <= most || spot.Tell("maxContains", $"Give at most {Wording.Count(most, "item")}{what}."));
    }
}

internal sealed class UnevaluatedItemsRule(SchemaNode rest) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (fits, index) = (true, 0);
        foreach (var item in value.EnumerateArray())
        {
            fits &= spot.Seen!.HasItem(index)
                || spot.Run.Visit(rest, item, spot.Place?.Item(index), spot.Run.Element(spot.Seen, index));
            index++;
        }

        (spot.Seen!.AllItems, spot.Seen.NamesItems) = (true, true);
        return fits;
    }
}
