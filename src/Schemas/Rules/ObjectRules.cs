using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Rules;

/// <summary><c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class MemberCountRule(long least, long most) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var count = value.GetPropertyCount();
        return (count >= least || spot.Tell("minProperties", $"Give at least {Wording.Count(least, "field")}."))
            & (count <= most || spot.Tell("maxProperties", $"Give at most {Wording.Count(most, "field")}."));
    }
}

/// <summary><c>required</c>: told at the member that is missing, under the title that its schema has.</summary>
internal sealed class RequiredRule(string[] names, IReadOnlyDictionary<string, SchemaNode> members) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var name in names)
        {
            if (value.TryGetProperty(name, out _))
            {
                spot.Seen?.Mention(name);
            }
            else
            {
                fits = false;
                if (!spot.Run.Tells)
                {
                    return false;
                }

                spot.Run.Tell(spot.Place?.Member(name), members.GetValueOrDefault(name) ?? Untitled, "required", "Fill this in: it is required.");
            }
        }

        return fits;
    }

    private static readonly SchemaNode Untitled = new();
}

/// <summary><c>dependentRequired</c>.</summary>
internal sealed class DependentRequiredRule(IReadOnlyDictionary<string, string[]> names) : Rule
{
    private static readonly SchemaNode Untitled = new();

    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var (name, others) in names)
        {
            if (!value.TryGetProperty(name, out _))
            {
                continue;
            }

            spot.Seen?.Mention(name);
            foreach (var other in others)
            {
                if (value.TryGetProperty(other, out _))
                {
                    spot.Seen?.Mention(other);
                }
                else
                {
                    fits = spot.Run.Tell(
                        spot.Place?.Member(other), Untitled, "dependentRequired", $"Fill this in: it goes with '{Wording.Words(name)}'.");
                }
            }
        }

        return fits;
    }
}

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>.</summary>
internal sealed class MembersRule(
    IReadOnlyDictionary<string, SchemaNode> named, (EcmaPattern Pattern, SchemaNode Node)[] patterns, SchemaNode? rest) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        if (spot.Seen is { } seen)
        {
            seen.NamesMembers = true;
        }

        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            var known = false;
            if (named.TryGetValue(name, out var node))
            {
                known = true;
                fits &= Visit(node, name, member.Value, spot);
            }

            foreach (var (pattern, each) in patterns)
            {
                if (spot.Run.IsMatch(pattern, name))
                {
                    known = true;
                    fits &= Visit(each, name, member.Value, spot);
                }
            }

            if (!known && rest is not null)
            {
                fits &= Visit(rest, name, member.Value, spot);
            }

            if (!fits && !spot.Run.Tells)
            {
                return false;
            }
        }

        return fits;
    }

    public static bool Visit(SchemaNode node, string name, JsonElement value, in Spot spot)
    {
        spot.Seen?.Name(name);
        return spot.Run.Visit(node, value, spot.Place?.Member(name), spot.Run.Member(spot.Seen, name));
    }
}

internal sealed class PropertyNamesRule(SchemaNode node) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonSerializer.SerializeToElement(member.Name);
            if (spot.Run.Silently(node, name, spot.Place, null))
            {
                continue;
            }

            fits = false;
            if (!spot.Run.Tells)
            {
                return false;
            }

            var why = spot.Run.Apart(node, name, spot.Place);
            spot.Run.Tell(spot.Place?.Member(member.Name), Untitled, "propertyNames", $"A field may not be called so. {(why.Count > 0 ? why[0].Message : "")}".TrimEnd());
        }

        return fits;
    }

    private static readonly SchemaNode Untitled = new();
}

internal sealed class UnevaluatedPropertiesRule(SchemaNode rest) : Rule
{
    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        spot.Seen!.NamesMembers = true;
        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            if (!spot.Seen.HasName(member.Name))
            {
                fits &= MembersRule.Visit(rest, member.Name, member.Value, spot);
            }
        }

        return fits;
    }
}
