using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Reading;

/// <summary>Parses plans and reports all faults, with JSON Pointers, before a step runs. Pure.</summary>
internal sealed partial class PlanReader
{
    public const int MaxSteps = 200;
    public const int MaxDepth = 8;
    public const int MaxBranches = 64;
    public static readonly TimeSpan MaxTimeLimit = TimeSpan.FromDays(30);

    private static readonly string[] Kinds =
        ["call", "parallel", "map", "reduce", "branch", "loop", "race", "vote", "approve", "wait"];

    private const string Compensates = "compensate";
    private const string Leaves = "leave";

    private readonly List<PlanFault> _faults = [];
    private int _count;

    private PlanReader()
    {
    }

    /// <summary>The plan, or null and its faults.</summary>
    public static (Plan? Plan, IReadOnlyList<PlanFault> Faults) Read(JsonElement written)
    {
        var reader = new PlanReader();
        var plan = reader.Whole(written);
        return (reader._faults.Count == 0 ? plan : null, reader._faults);
    }

    private Plan Whole(JsonElement written)
    {
        if (written.ValueKind != JsonValueKind.Object)
        {
            Fault("", "A plan is an object with steps.");
            return new Plan([], null);
        }

        Members(written, "", "steps", "output", "onCancel", "timeLimit");
        var onCancel = written.TryGetProperty("onCancel", out var said) ? said.ToString() : Compensates;
        if (onCancel is not (Compensates or Leaves))
        {
            Fault("/onCancel", $"When the task is cancelled, what was done is undone ({Compensates}) or stays ({Leaves}).");
        }

        var seen = new PlanNames(["/input"]);
        var steps = Steps(written, "", "steps", seen, 0);
        var output = written.TryGetProperty("output", out var template) ? template : (JsonElement?)null;
        if (output is { } given)
        {
            Template(given, "/output", seen);
        }

        return new Plan(steps, output) { StaysOnCancel = onCancel == Leaves, TimeLimit = TimeLimit(written) };
    }

    private TimeSpan? TimeLimit(JsonElement written)
    {
        if (!written.TryGetProperty("timeLimit", out var limit))
        {
            return null;
        }

        if (limit.ValueKind == JsonValueKind.String && Duration().IsMatch(limit.GetString()!)
            && System.Xml.XmlConvert.ToTimeSpan(limit.GetString()!) is var time && time > TimeSpan.Zero && time <= MaxTimeLimit)
        {
            return time;
        }

        Fault("/timeLimit", "A time limit is a duration such as PT2H for two hours or P7D for seven days, at most P30D.");
        return null;
    }

    [GeneratedRegex("^P(?=.)([0-9]{1,4}D)?(T(?=.)([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    private List<PlanStep> Steps(JsonElement owner, string path, string name, PlanNames seen, int depth)
    {
        if (!owner.TryGetProperty(name, out var list))
        {
            Fault($"{path}/{name}", "This is required: a list of steps.");
            return [];
        }

        return List(list, $"{path}/{name}", seen, depth);
    }

    private List<PlanStep> List(JsonElement list, string path, PlanNames seen, int depth)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Fault(path, "This is a list of one step or more.");
            return [];
        }

        if (depth > MaxDepth)
        {
            Fault(path, $"Steps lie at most {MaxDepth} deep in one another.");
            return [];
        }

        var steps = new List<PlanStep>();
        foreach (var (written, i) in list.EnumerateArray().Select(static (each, i) => (each, i)))
        {
            if (++_count > MaxSteps)
            {
                Fault($"{path}/{i}", $"A plan has at most {MaxSteps} steps.");
                break;
            }

            if (Step(written, $"{path}/{i}", seen, depth) is { } step)
            {
                steps.Add(step);
                seen.Add(step.Id);
            }
        }

        return steps;
    }

    private PlanStep? Step(JsonElement written, string path, PlanNames seen, int depth)
    {
        if (written.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "A step is an object.");
            return null;
        }

        var kinds = Kinds.Where(kind => written.TryGetProperty(kind, out _)).ToArray();
        if (kinds.Length != 1)
        {
            Fault(path, $"A step has exactly one of {string.Join(", ", Kinds)}.");
            return null;
        }

        var id = Word(written, path, "id");
        if (id.Length > 0 && (id.Length > 60 || !id.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_')))
        {
            Fault($"{path}/id", "An id has 1 to 60 letters, digits, hyphens and underscores.");
        }
        else if (seen.Has(id))
        {
            Fault($"{path}/id", $"There is a step {id} before this one. Give it another id.");
        }

        var kind = kinds[0];
        var about = written.GetProperty(kind);
        Members(written, path, "id", kind, "compensate", kind == "call" ? "input" : kind);
        var step = kind == "call" ? Call(written, path, id, seen) : Made(kind, about, $"{path}/{kind}", id, seen, depth);
        return step is not null && written.TryGetProperty("compensate", out var compensate)
            ? step with { Compensate = List(compensate, $"{path}/compensate", seen.Inner(id), depth + 1) }
            : step;
    }

    private CallStep Call(JsonElement written, string path, string id, PlanNames seen)
    {
        var agent = Agent(written.GetProperty("call"), $"{path}/call");
        return new CallStep(id, agent, Template(written, path, "input", seen));
    }
}
