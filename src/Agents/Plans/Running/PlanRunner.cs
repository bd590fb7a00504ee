using System.Runtime.ExceptionServices;
using System.Text.Json;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Runs plans. Everything it does to the outside it does through its context, so that a plan survives a crash.</summary>
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
                frame.Done.Add(new DoneStep(step, frame.Scope.Copy(), frame.Context, frame.Context.Now, at.Place!, key, undoable));
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
            await durable.ReserveUndoAsync(frame.Place!.ToString(), UndoneBy(step), frame.Stop);
        }

        return (await WithinAsync(step, frame), false);
    }

    private async Task<JsonElement> WithinAsync(PlanStep step, PlanFrame frame)
    {
        switch (step)
        {
            case ParallelStep parallel:
                return Json(await AllAsync(
                    frame,
                    parallel.Branches.Count,
                    parallel.Branches.Count,
                    (i, inner) => StepsAsync(parallel.Branches[i], frame.In(frame.Scope.Inner(), inner).At(i))));
            case MapStep map:
                var items = Items(map.Id, map.Over, frame.Scope);
                return Json(await AllAsync(
                    frame, items.Count, map.AtMost, (i, inner) => StepsAsync(map.Do, frame.In(Item(frame.Scope, items[i], i), inner).At(i))));
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
                return await VoteAsync(vote, frame);
            case ApproveStep approve:
                return await Approval.AskAsync(approve, frame.Scope, frame.Context, frame.Stop);
            case WaitStep wait:
                await frame.Context.SleepAsync(PlanWait.Delay(wait, frame.Scope, frame.Context.Clock.GetUtcNow()), frame.Stop);
                return Null;
            default:
                throw new InvalidOperationException($"Nobody runs a {step.GetType().Name}.");
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
        ? Options(frame)
        : CallOptions.None with { Undo = UndoneBy(step) };

    /// <summary>Of a call that nothing undoes by itself.</summary>
    private static CallOptions Options(PlanFrame frame) =>
        frame.IsUndo ? CallOptions.None with { Undo = new UndoTerms { Of = frame.Undoes } } : CallOptions.None;

    private UndoTerms UndoneBy(PlanStep step) =>
        new() { By = [.. PlanCalls.Of(step.Compensate).Select(static each => each.Agent)], StaysOnCancel = _staysOnCancel };

    /// <summary>Branches at the same time. When some fail, the first failure is told, once all have ended.</summary>
    private static async Task<T[]> AllAsync<T>(
        PlanFrame frame, int count, int atMost, Func<int, IAgentContext, Task<T>> branch)
    {
        var place = frame.Durable?.Place;
        var ended = 0;
        var failures = new List<(DateTimeOffset At, int Branch, Exception Fault)>();
        try
        {
            return await frame.Context.WhenAllAsync(
                [.. Enumerable.Range(0, count).Select(i => (Func<IAgentContext, Task<T>>)(inner => OneAsync(i, inner)))],
                atMost,
                frame.Stop);
        }
        catch (Exception) when (failures.Count > 0 && !frame.Stop.IsCancellationRequested)
        {
            // What others still wait for is wanted no more, in a later run neither: it must not come further than this one.
            if (place is not null && ended < count)
            {
                await frame.Durable!.CancelCallAsync(place, frame.Stop);
            }

            ExceptionDispatchInfo.Throw(failures.MinBy(static each => (each.At, each.Branch)).Fault);
            throw;
        }

        async Task<T> OneAsync(int i, IAgentContext inner)
        {
            try
            {
                var answer = await branch(i, inner);
                Interlocked.Increment(ref ended);
                return answer;
            }
            catch (Exception fault) when (IsFailure(fault))
            {
                Interlocked.Increment(ref ended);
                lock (failures)
                {
                    failures.Add(((fault as AgentFailedException)?.At ?? inner.Now, i, fault));
                }

                throw;
            }
        }
    }

    private async Task<JsonElement> ReduceAsync(ReduceStep reduce, PlanFrame frame)
    {
        var sum = PlanTemplate.Fill(reduce.From, frame.Scope);
        foreach (var (item, i) in Items(reduce.Id, reduce.Over, frame.Scope).Select(static (item, i) => (item, i)))
        {
            var inner = Item(frame.Scope, item, i);
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
    /// Branches against each other. One that fails is undone at once, one that is called off after the race; what the winner
    /// has done is the plan's.
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
            catch (Exception over) when (IsFailure(over))
            {
                // It was undone as far as it had come.
                return;
            }

            await UndoAsync(logs[i]);
        }
    }

    private static async Task<JsonElement> VoteAsync(VoteStep vote, PlanFrame frame)
    {
        var input = PlanTemplate.Fill(vote.Input, frame.Scope);
        var answers = await frame.Context.WhenAllAsync(
            [.. vote.Agents.Select((agent, i) => (Func<IAgentContext, Task<JsonElement?>>)(async inner =>
            {
                try
                {
                    return await inner.CallAgentAsync(agent, input, Options(frame), frame.Stop);
                }
                catch (Exception fault) when (IsFailure(fault))
                {
                    return null;
                }
            }))],
            vote.Agents.Count,
            frame.Stop);
        return Ballot.Count(vote, answers);
    }

    private static List<JsonElement> Items(string id, JsonElement over, PlanScope scope)
    {
        var list = PlanTemplate.Fill(over, scope);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new AgentFailedException($"Step {id} goes over something that is not a list.") { Code = "plan_not_a_list" };
    }

    private static PlanScope Item(PlanScope scope, JsonElement item, int index)
    {
        var inner = scope.Inner();
        inner.Set("item", item);
        inner.Set("index", Json(index));
        return inner;
    }

    private static JsonElement Null { get; } = Json<object?>(null);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
