using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Checking;

/// <summary>One check of one value: how much work is left, and what was found.</summary>
/// <param name="steps">How many schemas may be held against values.</param>
/// <param name="projecting">Whether what the schemas speak of is collected.</param>
internal sealed class Evaluation(long steps, bool projecting)
{
    private const int MaxFaults = 20;
    private static readonly TimeSpan MaxPatterns = TimeSpan.FromSeconds(1);

    private List<Fault>? _faults;
    private TimeSpan _patterns;

    /// <summary>Whether faults are told one by one; otherwise the first ends the check.</summary>
    public bool Tells => _faults is not null;

    /// <summary>Whether the value fits.</summary>
    /// <exception cref="WorkLimitException">It took too much work to say.</exception>
    public bool Fits(SchemaNode root, JsonElement value, Seen? seen) => Visit(root, value, null, seen);

    /// <summary>What is wrong.</summary>
    /// <exception cref="WorkLimitException">It took too much work to say.</exception>
    public IReadOnlyList<Fault> Faults(SchemaNode root, JsonElement value)
    {
        _faults = [];
        Visit(root, value, Place.Root, null);
        return _faults;
    }

    /// <summary>Holds a schema against a value.</summary>
    public bool Visit(SchemaNode node, JsonElement value, Place? place, Seen? seen)
    {
        if (--steps < 0)
        {
            throw new WorkLimitException();
        }

        if (node.Always is { } always)
        {
            return always || Tell(place, node, "", place is null || place == Place.Root ? "Nothing is allowed here." : node.IsItem ? "The list takes no more items." : "There is no such field.");
        }

        if (node.Nullable && value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        var own = node.LooksBack ? new Seen() : seen;
        var spot = new Spot(this, node, place, own);
        var fits = true;
        foreach (var rule in node.Rules)
        {
            if (!rule.Check(value, spot))
            {
                fits = false;
                if (!Tells)
                {
                    return false;
                }
            }
        }

        if (fits && node.LooksBack)
        {
            seen?.Take(own!);
        }

        return fits;
    }

    /// <summary>Holds a schema against a value without telling.</summary>
    public bool Silently(SchemaNode node, JsonElement value, Place? place, Seen? seen)
    {
        var told = _faults;
        _faults = null;
        try
        {
            return Visit(node, value, place, seen);
        }
        finally
        {
            _faults = told;
        }
    }

    /// <summary>Holds a schema against a value, its faults apart from the others.</summary>
    public IReadOnlyList<Fault> Apart(SchemaNode node, JsonElement value, Place? place)
    {
        var told = _faults;
        var own = _faults = [];
        try
        {
            Visit(node, value, place, null);
            return own;
        }
        finally
        {
            _faults = told;
        }
    }

    public void Tell(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            Add(fault);
        }
    }

    public bool Tell(Place? place, SchemaNode node, string keyword, string message)
    {
        if (Tells)
        {
            Add(new Fault(place!.Pointer(), node.Title ?? place.Words, message, keyword));
        }

        return false;
    }

    public Seen? Member(Seen? seen, string name) => projecting ? seen?.Member(name) : null;

    public Seen? Element(Seen? seen, int index) => projecting ? seen?.Element(index) : null;

    /// <exception cref="WorkLimitException">The patterns together took too long.</exception>
    public bool IsMatch(EcmaPattern pattern, string text)
    {
        try
        {
            var found = pattern.IsMatch(text, out var spent);
            _patterns += spent;
            return _patterns <= MaxPatterns ? found : throw new WorkLimitException();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new WorkLimitException();
        }
    }

    private void Add(Fault fault)
    {
        if (_faults!.Count < MaxFaults && !_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }
}

/// <summary>Where a rule is applied.</summary>
internal readonly record struct Spot(Evaluation Run, SchemaNode Node, Place? Place, Seen? Seen)
{
    public bool Tell(string keyword, string message) => Run.Tell(Place, Node, keyword, message);
}
