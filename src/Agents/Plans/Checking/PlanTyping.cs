using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>
/// Follows the data through a plan without running it: infers what each step answers from the schemas of the agents it calls, and
/// checks whether that fits where it is used. Not thread-safe; one for each check.
/// </summary>
internal sealed partial class PlanTyping(IReadOnlyDictionary<string, DirectoryAgent> agents, Action<PlanFault> fault)
{
    private bool _silent;

    /// <summary>What the plan answers to such an input.</summary>
    public Shape Follow(Plan plan, Shape input)
    {
        var scope = new ShapeScope(null);
        scope.Set("input", input);
        var last = Steps(plan.Steps, "/steps", scope);
        return plan.Output is { } output ? Template(output, "/output", scope) : last;
    }

    private Shape Steps(IReadOnlyList<PlanStep> steps, string path, ShapeScope scope)
    {
        var last = Shape.Null;
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, at) = (steps[i], $"{path}/{i}");
            last = Step(step, at, scope);
            scope.SetStep(step.Id, last);
            if (step.Compensate.Count > 0)
            {
                Steps(step.Compensate, $"{at}/compensate", scope.Inner());
            }
        }

        return last;
    }

    private Shape Step(PlanStep step, string path, ShapeScope scope)
    {
        switch (step)
        {
            case CallStep call:
                return Call(call.Agent, $"{path}/call", Template(call.Input, $"{path}/input", scope), $"{path}/input");
            case ParallelStep parallel:
                return new TupleShape(Branches(parallel.Branches, $"{path}/parallel", scope));
            case RaceStep race:
                return Shape.Either(Branches(race.Branches, $"{path}/race", scope));
            case MapStep map:
                return new ListShape(Steps(
                    map.Do, $"{path}/map/do", scope.Inner(("item", Over(map.Over, $"{path}/map/over", scope)), ("index", Shape.Index))));
            case ReduceStep reduce:
                return Reduce(reduce, $"{path}/reduce", scope);
            case BranchStep branch:
                Condition(branch.If, $"{path}/branch/if", scope);
                var then = Steps(branch.Then, $"{path}/branch/then", scope.Inner());
                return Shape.Either(then, Steps(branch.Else, $"{path}/branch/else", scope.Inner()));
            case LoopStep loop:
                var inner = scope.Inner(("index", Shape.Index));
                var last = Steps(loop.Do, $"{path}/loop/do", inner);
                Condition(loop.While, $"{path}/loop/while", inner);
                return Shape.Either(last, Shape.Null);
            case VoteStep vote:
                return Vote(vote, $"{path}/vote", scope);
            case ApproveStep approve:
                var subject = approve.Subject is { } shown ? Template(shown, $"{path}/approve/subject", scope) : Shape.Unknown;
                return new ObjectShape(new Dictionary<string, Shape>
                {
                    ["approved"] = new SchemaShape(Schema.Of(Common.AgentJson.Parse("""{"type":"boolean"}"""))),
                    // The owner's edit is expected to have the same shape.
                    ["value"] = subject,
                    ["note"] = Shape.Either(Shape.Text, Shape.Null),
                });
            case WaitStep wait:
                Wait(wait, $"{path}/wait", scope);
                return Shape.Null;
            default:
                return Shape.Unknown;
        }
    }

    private void Wait(WaitStep wait, string path, ShapeScope scope)
    {
        Must(wait.Seconds, "seconds", JsonTypes.Integer | JsonTypes.Fraction, "A wait takes a number of seconds");
        Must(wait.Until, "until", JsonTypes.String, "A wait until a time takes a text such as 2026-12-24T18:00+01:00");
        Must(wait.TimeZone, "timeZone", JsonTypes.String, "A time zone is a text such as Europe/Berlin");

        void Must(JsonElement? template, string name, JsonTypes types, string words)
        {
            if (template is { } given && Template(given, $"{path}/{name}", scope).Types is var found && (found & types) == JsonTypes.None)
            {
                Say($"{path}/{name}", $"{words}; this is {JsonTypeWords.Text(found)}.");
            }
        }
    }

    private List<Shape> Branches(IReadOnlyList<IReadOnlyList<PlanStep>> branches, string path, ShapeScope scope) =>
        [.. branches.Select((branch, i) => Steps(branch, $"{path}/{i}", scope.Inner()))];

    private Shape Call(string agent, string path, Shape input, string inputPath)
    {
        if (!agents.TryGetValue(agent, out var called))
        {
            Say(path, $"There is no agent '{agent}'. GET /api/v1/agents lists them.");
            return Shape.Unknown;
        }

        new Compatibility(agent, Say).Check(input, Schema.Of(called.InputSchema), new PlanLocation(inputPath));
        return new SchemaShape(Schema.Of(called.OutputSchema));
    }

    private Shape Over(JsonElement over, string path, ShapeScope scope)
    {
        var list = Template(over, path, scope);
        if (ShapeLookup.Items(list) is { } item)
        {
            return item;
        }

        Say(path, $"This goes over a list; what is here is {JsonTypeWords.Text(list.Types)}.");
        return Shape.Unknown;
    }

    private Shape Reduce(ReduceStep reduce, string path, ShapeScope scope)
    {
        var item = Over(reduce.Over, $"{path}/over", scope);
        var from = Template(reduce.From, $"{path}/from", scope);
        ShapeScope With(Shape accumulator) => scope.Inner(("item", item), ("index", Shape.Index), ("accumulator", accumulator));

        // The answer of a loop depends on its own input: the first pass reports no faults.
        var before = _silent;
        _silent = true;
        var answer = Steps(reduce.Do, $"{path}/do", With(Shape.Unknown));
        _silent = before;
        return Shape.Either(from, Steps(reduce.Do, $"{path}/do", With(Shape.Either(from, answer))));
    }

    private Shape Vote(VoteStep vote, string path, ShapeScope scope)
    {
        var input = Template(vote.Input, $"{path}/input", scope);
        var answers = vote.Agents.Select((agent, i) => Call(agent, $"{path}/agents/{i}", input, $"{path}/input")).ToArray();
        var answer = Shape.Either(answers);
        if (vote.On.Length > 0 && Walk(answer, vote.On.Split('/')[1..]) is null)
        {
            Say($"{path}/on", $"None of the agents answers with {vote.On}.");
        }

        return answer;
    }

    private void Say(string path, string message) => Say(new PlanFault(path, message));

    private void Say(PlanFault found)
    {
        if (!_silent)
        {
            fault(found);
        }
    }
}
