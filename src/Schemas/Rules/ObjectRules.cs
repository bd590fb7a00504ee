using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Rules;

/// <summary><c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class MemberCountRule(long least, long most) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var count = value.GetPropertyCount();
        return (count >= least || context.Report("minProperties", $"Give at least {Wording.Count(least, "field")}."))
            & (count <= most || context.Report("maxProperties", $"Give at most {Wording.Count(most, "field")}."));
    }
}

/// <summary><c>required</c>: reported at the missing member, under the title of its schema.</summary>
internal sealed class RequiredRule(string[] names, IReadOnlyDictionary<string, SchemaNode> members) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
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
                context.Evaluated?.Mention(name);
            }
            else
            {
                fits = false;
                if (!context.Run.IsReporting)
                {
                    return false;
                }

                context.Run.Report(
                    context.Location?.Member(name),
                    members.GetValueOrDefault(name) ?? Untitled,
                    "required",
                    "Fill this in: it is required.");
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

    public override bool Check(JsonElement value, in RuleContext context)
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

            context.Evaluated?.Mention(name);
            foreach (var other in others)
            {
                if (value.TryGetProperty(other, out _))
                {
                    context.Evaluated?.Mention(other);
                }
                else
                {
                    fits = context.Run.Report(
                        context.Location?.Member(other), Untitled, "dependentRequired", $"Fill this in: it goes with '{Wording.Label(name)}'.");
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
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        if (context.Evaluated is { } evaluated)
        {
            evaluated.NamesMembers = true;
        }

        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            var known = false;
            if (named.TryGetValue(name, out var node))
            {
                known = true;
                fits &= Visit(node, name, member.Value, context);
            }

            foreach (var (pattern, each) in patterns)
            {
                if (context.Run.IsMatch(pattern, name))
                {
                    known = true;
                    fits &= Visit(each, name, member.Value, context);
                }
            }

            if (!known && rest is not null)
            {
                fits &= Visit(rest, name, member.Value, context);
            }

            if (!fits && !context.Run.IsReporting)
            {
                return false;
            }
        }

        return fits;
    }

    public static bool Visit(SchemaNode node, string name, JsonElement value, in RuleContext context)
    {
        context.Evaluated?.Name(name);
        return context.Run.Visit(node, value, context.Location?.Member(name), context.Run.Member(context.Evaluated, name));
    }
}

internal sealed class PropertyNamesRule(SchemaNode node) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonSerializer.SerializeToElement(member.Name);
            if (context.Run.FitsUnreported(node, name, context.Location, null))
            {
                continue;
            }

            fits = false;
            if (!context.Run.IsReporting)
            {
                return false;
            }

            var why = context.Run.FaultsOf(node, name, context.Location);
            context.Run.Report(
                context.Location?.Member(member.Name), Untitled, "propertyNames", $"A field may not be called so. {(why.Count > 0 ? why[0].Message : "")}".TrimEnd());
        }

        return fits;
    }

    private static readonly SchemaNode Untitled = new();
}

internal sealed class UnevaluatedPropertiesRule(SchemaNode rest) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        context.Evaluated!.NamesMembers = true;
        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            if (!context.Evaluated.HasName(member.Name))
            {
                fits &= MembersRule.Visit(rest, member.Name, member.Value, context);
            }
        }

        return fits;
    }
}
