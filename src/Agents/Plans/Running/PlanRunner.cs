using System.Text.Json;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Runs plans. All calls, waits and questions go through the context, which records them, so that a plan survives a
/// crash.</summary>
internal sealed partial class PlanRunner
{
    private readonly bool _staysOnCancel;
    private readonly CancellationToken _stop;

    private PlanRunner(Plan plan, CancellationToken stop) => (_staysOnCancel, _stop) = (plan.StaysOnCancel, stop);

    public static async Task<JsonElement> RunAsync(
        Plan plan, JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var runner = new PlanRunner(plan, cancellationToken);
        var frame = new PlanFrame(new PlanScope(null, input), context, new UndoLog(), null, cancellationToken);
        var answer = await runner.WholeAsync(frame, async () =>
        {
            if (plan.TimeLimit is { } limit && frame.Durable is { } durable)
            {
                await durable.LimitAsync(limit, cancellationToken);
            }

            var last = await runner.StepsAsync(plan.Steps, frame);
            return plan.Output is { } output ? PlanTemplate.Fill(output, frame.Scope) : last;
        });
        return frame.Durable is { Undoing: true } ? (await runner.UndoAsync(frame.Done)).ToJson() : answer;
    }

    /// <summary>Steps one after the other; the last one's answer.</summary>
    private async Task<JsonElement> StepsAsync(IReadOnlyList<PlanStep> steps, PlanFrame frame)
    {
        var last = default(JsonElement);
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, at) = (steps[i], frame.At(i));
            var key = frame.Durable?.Place;
            (last, var undoable) = await StepAsync(step, at);
            frame.Scope.SetStep(step.Id, last);
            if (step.Compensate.Count > 0 || undoable)
            {
                frame.Done.Add(new DoneStep(step, frame.Scope.Copy(), frame.Context, frame.Context.Now, at.Position!, key, undoable));
            }
        }

        return last;
    }

    private async Task<(JsonElement Answer, bool Undoable)> StepAsync(PlanStep step, PlanFrame frame)
    {
        frame.Context.Progress(null, step.Id);
        if (step is CallStep call)
        {
            return await CallAsync(call, frame);
        }

        if (step.Compensate.Count > 0 && frame is { IsUndo: false, Durable: { } durable })
        {
            await durable.ReserveUndoAsync(frame.Position!.ToString(), UndoneBy(step), frame.Stop);
        }

        return (await WithinAsync(step, frame), false);
    }

    private async Task<JsonElement> WithinAsync(PlanStep step, PlanFrame frame)
    {
        switch (step)
        {
            case ParallelStep parallel:
                return Json(await ParallelBranches.RunAsync(
                    frame,
                    parallel.Branches.Count,
                    parallel.Branches.Count,
                    (i, inner) => StepsAsync(parallel.Branches[i], frame.In(frame.Scope.Inner(), inner).At(i))));
            case MapStep map:
                var items = PlanLists.Items(map.Id, map.Over, frame.Scope);
                return Json(await ParallelBranches.RunAsync(
                    frame, items.Count, map.AtMost,
                    (i, inner) => StepsAsync(map.Do, frame.In(PlanLists.ScopeOf(frame.Scope, items[i], i), inner).At(i))));
            case ReduceStep reduce:
                return await ReduceAsync(reduce, frame);
            case BranchStep branch:
                var way = PlanCondition.Holds(branch.If, frame.Scope) ? branch.Then : branch.Else;
                return way.Count == 0 ? Null : await StepsAsync(way, frame.In(frame.Scope.Inner()));
            case LoopStep loop:
                return await LoopAsync(loop, frame);
            case RaceStep race:
                return await RaceAsync(race, frame);
            case VoteStep vote:
                return await Vote.RunAsync(vote, frame);
            case ApproveStep approve:
                return await Approval.AskAsync(approve, frame.Scope, frame.Context, frame.Stop);
            case WaitStep wait:
                await frame.Context.SleepAsync(PlanWait.Delay(wait, frame.Scope, frame.Context.Clock.GetUtcNow()), frame.Stop);
                return Null;
            default:
                throw new InvalidOperationException($"There is no runner for a {step.GetType().Name}.");
        }
    }

    private async Task<(JsonElement Answer, bool Undoable)> CallAsync(CallStep call, PlanFrame frame)
    {
        var input = PlanTemplate.Fill(call.Input, frame.Scope);
        var options = Options(call, frame);
        if (frame.Durable is not { } durable)
        {
            return (await frame.Context.CallAgentAsync(call.Agent, input, options, frame.Stop), false);
        }

        var recorded = await durable.CallAsync(call.Agent, input, options, frame.Stop);
        return (recorded.Value, recorded.Undoable);
    }

    private CallOptions Options(CallStep step, PlanFrame frame) => frame.IsUndo || step.Compensate.Count == 0
        ? frame.Options
        : CallOptions.None with { Undo = UndoneBy(step) };

    private UndoTerms UndoneBy(PlanStep step) =>
        new() { By = [.. PlanCalls.Of(step.Compensate).Select(static each => each.Agent)], StaysOnCancel = _staysOnCancel };

    private async Task<JsonElement> ReduceAsync(ReduceStep reduce, PlanFrame frame)
    {
        var sum = PlanTemplate.Fill(reduce.From, frame.Scope);
        foreach (var (item, i) in PlanLists.Items(reduce.Id, reduce.Over, frame.Scope).Select(static (item, i) => (item, i)))
        {
            var inner = PlanLists.ScopeOf(frame.Scope, item, i);
            inner.Set("accumulator", sum);
            sum = await StepsAsync(reduce.Do, frame.In(inner).At(i));
        }

        return sum;
    }

    private async Task<JsonElement> LoopAsync(LoopStep loop, PlanFrame frame)
    {
        var last = Null;
        var inner = frame.Scope.Inner();
        for (var i = 0; i < loop.AtMost && PlanCondition.Holds(loop.While, inner); i++)
        {
            inner.Set("index", Json(i));
            last = await StepsAsync(loop.Do, frame.In(inner).At(i));
        }

        return last;
    }

    /// <summary>
    /// Runs branches against each other. A branch that fails is undone at once, a losing one after the race; what the winner has done
    /// counts as done by the plan.
    /// </summary>
    private async Task<JsonElement> RaceAsync(RaceStep race, PlanFrame frame)
    {
        var logs = race.Branches.Select(static _ => new UndoLog()).ToArray();
        Task<JsonElement> RunAsync(int i, IAgentContext inner, UndoLog done, CancellationToken stop)
        {
            var own = frame.In(frame.Scope.Inner(), inner).At(i) with { Done = done, Stop = stop };
            return WholeAsync(own, () => StepsAsync(race.Branches[i], own));
        }

        var branches = Enumerable.Range(0, race.Branches.Count).Select(i =>
            (Func<IAgentContext, CancellationToken, Task<JsonElement>>)((inner, over) => RunAsync(i, inner, logs[i], over))).ToArray();
        var answer = frame.Durable is { } durable
            ? await durable.RaceAsync(branches, LostAsync, frame.Stop)
            : await frame.Context.RaceAsync(branches, frame.Stop);
        foreach (var log in logs)
        {
            frame.Done.Add(log);
        }

        return answer;

        async Task LostAsync(int i, IAgentContext inner)
        {
            // What it noted itself may lack what was recorded after it had been stopped.
            logs[i] = new UndoLog();
            try
            {
                await RunAsync(i, inner, logs[i], frame.Stop);
            }
            catch (Exception over) when (Failures.Is(over))
            {
                // It was undone as far as it had come.
                return;
            }

            await UndoAsync(logs[i]);
        }
    }

    private static JsonElement Null { get; } = Json<object?>(null);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
