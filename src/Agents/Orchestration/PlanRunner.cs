using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;

namespace Orkestron.Agents.Orchestration;

/// <summary>Runs plans. Everything it does to the outside it does through its context, so that a plan survives a crash.</summary>
internal static class PlanRunner
{
    public static async Task<JsonElement> RunAsync(
        Plan plan, JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var scope = new PlanScope(null, input);
        var last = await StepsAsync(plan.Steps, scope, context, cancellationToken);
        return plan.Output is { } output ? PlanTemplate.Fill(output, scope) : last;
    }

    /// <summary>Steps one after the other; the last one's answer. After a failure what was done is made good, in reverse.</summary>
    private static async Task<JsonElement> StepsAsync(
        IReadOnlyList<PlanStep> steps, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var last = default(JsonElement);
        var done = new Stack<PlanStep>();
        try
        {
            foreach (var step in steps)
            {
                last = await StepAsync(step, scope, context, cancellationToken);
                scope.SetStep(step.Id, last);
                done.Push(step);
            }
        }
        catch (Exception fault) when (fault is AgentFailedException or AgentRefusedException)
        {
            foreach (var step in done.Where(static step => step.Compensate.Count > 0))
            {
                context.Progress(null, $"Making good {step.Id}");
                await StepsAsync(step.Compensate, scope.Inner(), context, cancellationToken);
            }

            throw;
        }

        return last;
    }

    private static async Task<JsonElement> StepAsync(
        PlanStep step, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(null, step.Id);
        switch (step)
        {
            case CallStep call:
                return await context.CallAgentAsync(call.Agent, PlanTemplate.Fill(call.Input, scope), cancellationToken);
            case ParallelStep parallel:
                return Json(await context.WhenAllAsync(
                    [.. parallel.Branches.Select(branch => (Func<IAgentContext, Task<JsonElement>>)(inner =>
                        StepsAsync(branch, scope.Inner(), inner, cancellationToken)))],
                    parallel.Branches.Count,
                    cancellationToken));
            case MapStep map:
                return await MapAsync(map, scope, context, cancellationToken);
            case ReduceStep reduce:
                return await ReduceAsync(reduce, scope, context, cancellationToken);
            case BranchStep branch:
                var way = PlanCondition.Holds(branch.If, scope) ? branch.Then : branch.Else;
                return way.Count == 0 ? Null : await StepsAsync(way, scope.Inner(), context, cancellationToken);
            case LoopStep loop:
                return await LoopAsync(loop, scope, context, cancellationToken);
            case RaceStep race:
                return await context.RaceAsync(
                    [.. race.Branches.Select(branch => (Func<IAgentContext, CancellationToken, Task<JsonElement>>)((inner, over) =>
                        StepsAsync(branch, scope.Inner(), inner, over)))],
                    cancellationToken);
            case VoteStep vote:
                return await VoteAsync(vote, scope, context, cancellationToken);
            case ApproveStep approve:
                return await Approval.AskAsync(approve, scope, context, cancellationToken);
            case WaitStep wait:
                var seconds = PlanTemplate.Fill(wait.Seconds, scope).GetDouble();
                await context.SleepAsync(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 31_536_000)), cancellationToken);
                return Null;
            default:
                throw new InvalidOperationException($"Nobody runs a {step.GetType().Name}.");
        }
    }

    private static async Task<JsonElement> MapAsync(
        MapStep map, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var items = Items(map.Id, map.Over, scope);
        return Json(await context.WhenAllAsync(
            [.. items.Select((item, i) => (Func<IAgentContext, Task<JsonElement>>)(inner =>
                StepsAsync(map.Do, Item(scope, item, i), inner, cancellationToken)))],
            map.AtMost,
            cancellationToken));
    }

    private static async Task<JsonElement> ReduceAsync(
        ReduceStep reduce, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var sum = PlanTemplate.Fill(reduce.From, scope);
        foreach (var (item, i) in Items(reduce.Id, reduce.Over, scope).Select(static (item, i) => (item, i)))
        {
            var inner = Item(scope, item, i);
            inner.Set("accumulator", sum);
            sum = await StepsAsync(reduce.Do, inner, context, cancellationToken);
        }

        return sum;
    }

    private static async Task<JsonElement> LoopAsync(
        LoopStep loop, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var last = Null;
        var inner = scope.Inner();
        for (var i = 0; i < loop.AtMost && PlanCondition.Holds(loop.While, inner); i++)
        {
            inner.Set("index", Json(i));
            last = await StepsAsync(loop.Do, inner, context, cancellationToken);
        }

        return last;
    }

    private static async Task<JsonElement> VoteAsync(
        VoteStep vote, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var input = PlanTemplate.Fill(vote.Input, scope);
        var answers = await context.WhenAllAsync(
            [.. vote.Agents.Select(agent => (Func<IAgentContext, Task<JsonElement?>>)(async inner =>
            {
                try
                {
                    return await inner.CallAgentAsync(agent, input, cancellationToken);
                }
                catch (Exception fault) when (fault is AgentFailedException or AgentRefusedException)
                {
                    return null;
                }
            }))],
            vote.Agents.Count,
            cancellationToken);
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
