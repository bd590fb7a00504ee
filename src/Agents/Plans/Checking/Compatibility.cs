using System.Text.Json;
using Orkestron.Contracts.Plans;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>
/// Checks whether a value can fit a schema. Reports only what surely does not fit, because a false alarm would stop a correct plan. Pure.
/// </summary>
/// <param name="who">Whose schema it is, for the messages.</param>
/// <param name="faults">Called with each fault.</param>
internal sealed class Compatibility(string who, Action<PlanFault> faults)
{
    private const int MaxDepth = 24;
    private const string Missing = "needs this.";

    /// <param name="value">The value that arrives.</param>
    /// <param name="schema">The schema it must fit.</param>
    /// <param name="location">Where it is written.</param>
    /// <param name="depth">The depth of the recursion.</param>
    public void Check(Shape value, Schema schema, PlanLocation location, int depth = 0)
    {
        if (depth > MaxDepth || value is UnknownShape || schema.Node.ValueKind == JsonValueKind.True)
        {
            return;
        }

        if (value is ReferredShape referred)
        {
            Check(referred.Value, schema, location.Referred(), depth + 1);
            return;
        }

        if (value is UnionShape union)
        {
            Best([.. union.Options.Select(option => Faults(fit => fit.Check(option, schema, location, depth + 1)))]);
            return;
        }

        var takes = schema.Types();
        if ((value.Types & takes) == JsonTypes.None)
        {
            Say(location, $"This is {JsonTypeWords.Text(value.Types)}; {who} takes {JsonTypeWords.Text(takes)} here.");
            return;
        }

        foreach (var each in schema.Together())
        {
            One(value, each, schema, location, depth);
            foreach (var choice in each.Choices())
            {
                Best([.. choice.Select(one => Faults(fit => fit.Check(value, one, location, depth + 1)))]);
            }
        }
    }

    private void One(Shape value, Schema schema, Schema whole, PlanLocation location, int depth)
    {
        if (value is LiteralShape literal && Bounds.Broken(literal.Value, schema) is { } broken)
        {
            Say(location, $"{who}: {broken}");
        }
        else if (value is SchemaShape given && Words(given.Schema) is { } some && Words(schema) is { } takes
            && !some.Exists(one => takes.Exists(other => JsonEquality.Instance.Equals(one, other))))
        {
            Say(location, $"{who} takes one of {Listed(takes)} here; this is one of {Listed(some)}.");
        }

        if (value.Types == JsonTypes.Object)
        {
            Members(value, schema, whole, location, depth);
        }
        else if (value.Types == JsonTypes.Array)
        {
            Items(value, schema, location, depth);
        }
    }

    private void Members(Shape value, Schema schema, Schema whole, PlanLocation location, int depth)
    {
        foreach (var name in Required(schema))
        {
            if (ShapeLookup.Member(value, name) is null)
            {
                Say(location.Down(name), $"{who} {Missing}");
            }
        }

        var properties = schema.Word("properties") is { ValueKind: JsonValueKind.Object } declared ? declared : (JsonElement?)null;
        foreach (var name in ShapeLookup.Names(value))
        {
            // An optional member is checked only where it is required.
            var comes = value is not SchemaShape from || ShapeLookup.Requires(from.Schema, name);
            if (properties is { } known && known.TryGetProperty(name, out var property))
            {
                if (comes || ShapeLookup.Requires(whole, name))
                {
                    Check(ShapeLookup.Member(value, name) ?? Shape.Unknown, schema.At(property), location.Down(name), depth + 1);
                }
            }
            else if (comes && schema.Word("patternProperties") is null && schema.Word("additionalProperties") is { } others)
            {
                if (others.ValueKind == JsonValueKind.False)
                {
                    var names = string.Join(", ", ShapeLookup.Names(new SchemaShape(whole)));
                    Say(location.Down(name), $"{who} takes no '{name}'. It takes {(names.Length > 0 ? names : "nothing")}.");
                }
                else
                {
                    Check(ShapeLookup.Member(value, name) ?? Shape.Unknown, schema.At(others), location.Down(name), depth + 1);
                }
            }
        }
    }

    private void Items(Shape value, Schema schema, PlanLocation location, int depth)
    {
        var count = value switch
        {
            TupleShape tuple => tuple.Items.Count,
            LiteralShape literal => literal.Value.GetArrayLength(),
            _ => (int?)null,
        };
        var first = schema.Listed("prefixItems").ToArray();
        var rest = schema.Word("items");
        if (count is { } written)
        {
            for (var i = 0; i < written; i++)
            {
                var name = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (i < first.Length || rest is not null)
                {
                    Check(
                        ShapeLookup.Member(value, name)!,
                        i < first.Length ? first[i] : schema.At(rest!.Value),
                        location.Down(name),
                        depth + 1);
                }
            }

            if (value is TupleShape && Bounds.Count(written, schema) is { } broken)
            {
                Say(location, $"{who}: {broken}");
            }
        }
        else if (first.Length == 0 && rest is { } each && ShapeLookup.Items(value) is { } item)
        {
            Check(item, schema.At(each), location.Inside("each item"), depth + 1);
        }
    }

    /// <summary>One of several alternatives must fit. When none does, reports the faults of the nearest: missing members count
    /// less than wrong ones.</summary>
    private void Best(IReadOnlyList<IReadOnlyList<PlanFault>> ways)
    {
        if (ways.Count > 0 && ways.All(static way => way.Count > 0))
        {
            foreach (var fault in ways.MinBy(
                static way => (way.Count, way.Count(static fault => fault.Message.EndsWith(Missing, StringComparison.Ordinal))))!)
            {
                faults(fault);
            }
        }
    }

    private List<PlanFault> Faults(Action<Compatibility> check)
    {
        var found = new List<PlanFault>();
        check(new Compatibility(who, found.Add));
        return found;
    }

    private void Say(PlanLocation location, string message) => faults(new PlanFault(location.Path, location.Where + message));

    private static IEnumerable<string> Required(Schema schema) => schema.Word("required") is { ValueKind: JsonValueKind.Array } names
        ? names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)
        : [];

    private static List<JsonElement>? Words(Schema schema) => (schema.Word("const"), schema.Word("enum")) switch
    {
        ({ } only, _) => [only],
        (_, { ValueKind: JsonValueKind.Array } some) => [.. some.EnumerateArray()],
        _ => null,
    };

    private static string Listed(List<JsonElement> words) =>
        string.Join(", ", words.Take(10).Select(static word => word.GetRawText() is { Length: <= 40 } text ? text : "..."));
}
