using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Checking;

/// <summary>One check of one value: the work that is left, and the faults found so far.</summary>
/// <param name="steps">How many comparisons of a schema with a value are allowed.</param>
/// <param name="projecting">Whether the parts of the value that schemas describe are collected.</param>
internal sealed class Evaluation(long steps, bool projecting)
{
    private const int MaxFaults = 20;
    private static readonly TimeSpan MaxPatterns = TimeSpan.FromSeconds(1);

    private List<Fault>? _faults;
    private TimeSpan _patterns;

    /// <summary>Whether all faults are collected; otherwise the first one ends the check.</summary>
    public bool IsReporting => _faults is not null;

    /// <summary>Whether the value fits.</summary>
    /// <exception cref="WorkLimitException">The check took too much work.</exception>
    public bool Fits(SchemaNode root, JsonElement value, EvaluatedParts? evaluated) => Visit(root, value, null, evaluated);

    /// <summary>What is wrong.</summary>
    /// <exception cref="WorkLimitException">The check took too much work.</exception>
    public IReadOnlyList<Fault> Faults(SchemaNode root, JsonElement value)
    {
        _faults = [];
        Visit(root, value, InstanceLocation.Root, null);
        return _faults;
    }

    /// <summary>Checks a value against a schema.</summary>
    public bool Visit(SchemaNode node, JsonElement value, InstanceLocation? location, EvaluatedParts? evaluated)
    {
        if (--steps < 0)
        {
            throw new WorkLimitException();
        }

        if (node.Always is { } always)
        {
            return always
                || Report(
                    location,
                    node,
                    "",
                    location is null || location == InstanceLocation.Root
                        ? "Nothing is allowed here."
                        : node.IsItem
                        ? "The list takes no more items."
                        : "There is no such field.");
        }

        if (node.Nullable && value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        var own = node.LooksBack ? new EvaluatedParts() : evaluated;
        var context = new RuleContext(this, node, location, own);
        var fits = true;
        foreach (var rule in node.Rules)
        {
            if (!rule.Check(value, context))
            {
                fits = false;
                if (!IsReporting)
                {
                    return false;
                }
            }
        }

        if (fits && node.LooksBack)
        {
            evaluated?.Take(own!);
        }

        return fits;
    }

    /// <summary>Checks a value without reporting faults.</summary>
    public bool FitsUnreported(SchemaNode node, JsonElement value, InstanceLocation? location, EvaluatedParts? evaluated)
    {
        var outer = _faults;
        _faults = null;
        try
        {
            return Visit(node, value, location, evaluated);
        }
        finally
        {
            _faults = outer;
        }
    }

    /// <summary>Checks a value and returns its faults alone.</summary>
    public IReadOnlyList<Fault> FaultsOf(SchemaNode node, JsonElement value, InstanceLocation? location)
    {
        var outer = _faults;
        var own = _faults = [];
        try
        {
            Visit(node, value, location, null);
            return own;
        }
        finally
        {
            _faults = outer;
        }
    }

    public void Report(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            Add(fault);
        }
    }

    public bool Report(InstanceLocation? location, SchemaNode node, string keyword, string message)
    {
        if (IsReporting)
        {
            Add(new Fault(location!.Pointer(), node.Title ?? location.Label, message, keyword));
        }

        return false;
    }

    public EvaluatedParts? Member(EvaluatedParts? evaluated, string name) => projecting ? evaluated?.Member(name) : null;

    public EvaluatedParts? Element(EvaluatedParts? evaluated, int index) => projecting ? evaluated?.Element(index) : null;

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

/// <summary>What a rule needs to know: the run, the schema, and where in the value it is applied.</summary>
internal readonly record struct RuleContext(Evaluation Run, SchemaNode Node, InstanceLocation? Location, EvaluatedParts? Evaluated)
{
    public bool Report(string keyword, string message) => Run.Report(Location, Node, keyword, message);
}
