using System.Text.Json;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Plans.Reading;

// What each kind of step holds.
internal sealed partial class PlanReader
{
    private PlanStep? Made(string kind, JsonElement about, string path, string id, PlanNames seen, int depth)
    {
        if (kind is "parallel" or "race")
        {
            var branches = Branches(about, path, seen, depth);
            return kind == "race" ? new RaceStep(id, branches) : new ParallelStep(id, branches);
        }

        if (about.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "This is an object.");
            return null;
        }

        switch (kind)
        {
            case "map":
                Members(about, path, "over", "atMost", "do");
                return new MapStep(
                    id,
                    Template(about, path, "over", seen),
                    Number(about, path, "atMost", 8, MaxBranches),
                    Steps(about, path, "do", seen.Inner("/item", "/index"), depth + 1));
            case "reduce":
                Members(about, path, "over", "from", "do");
                return new ReduceStep(
                    id,
                    Template(about, path, "over", seen),
                    Template(about, path, "from", seen),
                    Steps(about, path, "do", seen.Inner("/item", "/index", "/accumulator"), depth + 1));
            case "branch":
                Members(about, path, "if", "then", "else");
                return new BranchStep(
                    id,
                    Condition(about, path, "if", seen),
                    Steps(about, path, "then", seen.Inner(), depth + 1),
                    about.TryGetProperty("else", out _) ? Steps(about, path, "else", seen.Inner(), depth + 1) : []);
            case "loop":
                Members(about, path, "while", "atMost", "do");
                var inner = seen.Inner("/index");
                var steps = Steps(about, path, "do", inner, depth + 1);
                return new LoopStep(id, Condition(about, path, "while", inner), Number(about, path, "atMost", 10, 1_000), steps);
            case "vote":
                Members(about, path, "agents", "input", "on", "quorum", "tie");
                return Vote(about, path, id, seen);
            case "approve":
                Members(about, path, "prompt", "subject");
                return new ApproveStep(
                    id,
                    Word(about, path, "prompt"),
                    about.TryGetProperty("subject", out _) ? Template(about, path, "subject", seen) : null);
            default:
                return Wait(about, path, id, seen);
        }
    }

    private WaitStep? Wait(JsonElement about, string path, string id, PlanNames seen)
    {
        Members(about, path, "seconds", "until", "timeZone");
        var (seconds, until) = (about.TryGetProperty("seconds", out _), about.TryGetProperty("until", out var time));
        if (seconds == until)
        {
            Fault(path, "A wait has either seconds, or until: a time such as 2026-12-24T18:00+01:00.");
            return null;
        }

        if (seconds)
        {
            if (about.TryGetProperty("timeZone", out _))
            {
                Fault($"{path}/timeZone", "A time zone goes with until.");
            }

            return new WaitStep(id, Template(about, path, "seconds", seen));
        }

        var zone = about.TryGetProperty("timeZone", out var named) ? Template(about, path, "timeZone", seen) : (JsonElement?)null;
        Template(time, $"{path}/until", seen);
        // A literal time is checked now, a referenced one when the step runs.
        if (PlanTemplate.Special(time) is null && (zone is null || PlanTemplate.Special(named) is null)
            && PlanWait.Instant(time, zone).Fault is { } wrong)
        {
            Fault($"{path}/{(wrong.OfZone ? "timeZone" : "until")}", wrong.Message);
        }

        return new WaitStep(id, null, time, zone);
    }

    private VoteStep? Vote(JsonElement about, string path, string id, PlanNames seen)
    {
        var agents = about.TryGetProperty("agents", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((each, i) => Agent(each, $"{path}/agents/{i}")).ToList()
            : [];
        if (agents.Count is < 2 or > MaxBranches)
        {
            Fault($"{path}/agents", $"A vote is among 2 to {MaxBranches} agents.");
        }

        var tie = about.TryGetProperty("tie", out var rule) ? rule.ToString() : "fail";
        if (tie is not ("fail" or "first"))
        {
            Fault($"{path}/tie", "A tie is to fail, or the first counts.");
        }

        if (about.TryGetProperty("on", out var on)
            && (on.ValueKind != JsonValueKind.String || (on.GetString() is { Length: > 0 } pointer && pointer[0] != '/')))
        {
            Fault($"{path}/on", "What is compared is named by a JSON Pointer into the agents' answers, for instance /label.");
            return null;
        }

        return new VoteStep(
            id,
            agents,
            Template(about, path, "input", seen),
            on.ValueKind == JsonValueKind.String ? on.GetString()! : "",
            Number(about, path, "quorum", (agents.Count / 2) + 1, Math.Max(1, agents.Count)),
            tie == "first");
    }

    private List<IReadOnlyList<PlanStep>> Branches(JsonElement about, string path, PlanNames seen, int depth)
    {
        if (about.ValueKind != JsonValueKind.Array || about.GetArrayLength() is < 2 or > MaxBranches)
        {
            Fault(path, $"This is a list of 2 to {MaxBranches} branches, each a list of steps.");
            return [];
        }

        return [.. about.EnumerateArray().Select((branch, i) => List(branch, $"{path}/{i}", seen.Inner(), depth + 1))];
    }
}
