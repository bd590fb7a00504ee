using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Undoing what plans within a call have done: each runs again, over its own records.</summary>
internal sealed class TaskUndo(TaskContext context, TaskDispatcher dispatcher, PendingCalls pending, CalledAgents agents)
{
    private static readonly Payload Nothing = Payload.Of("null");

    /// <summary>Undoes a call of a step, plan by plan, the last one first.</summary>
    public async Task<StepCallResult> UndoCallAsync(UndoCall command)
    {
        if (context.Record.Ended || context.Record.Step(command.StepId) is not { } caller || !caller.IsAt(command.Attempt))
        {
            return pending.Failed(StepFailures.StepEnded);
        }

        var call = context.Record.Child(caller.Id, command.Place)
            ?? (caller.Request.UndoOf is { } of ? context.Record.Child(of, command.Place) : null);
        if (call is null || !HistoryRules.IsKey(command.Key) || UndoRules.Plans(context.Record, call) is not { Count: > 0 } plans)
        {
            return new StepCallResult(Nothing, null, context.Now);
        }

        var undone = new List<StepRecord>();
        foreach (var plan in plans)
        {
            var key = $"{command.Key}.{plan.Id}";
            if (context.Record.Child(caller.Id, key) is not { } made)
            {
                await BeginAsync(caller.Id, key, plan);
                made = context.Record.Child(caller.Id, key)!;
            }

            if (!made.Ended && await pending.ResultAsync(made.Id) is { Ended: false } goesOn)
            {
                return goesOn;
            }

            undone.Add(context.Record.Step(made.Id)!);
        }

        return new StepCallResult(UndoRules.Together(undone), null, undone[^1].EndedAt ?? context.Now);
    }

    /// <summary>Keeps free, once under a key, what undoing may cost that no single call stands for.</summary>
    public async Task<HistoryResult> ReserveAsync(UndoReservation command)
    {
        var micro = context.Record.Step(command.StepId)?.History.ContainsKey(command.Key) == true
            ? 0
            : await agents.UndoMicroAsync(command.By, CalledAgents.UndoInputBytes);
        var (fact, failure) = UndoRules.Reserve(context.Record, command, micro, context.Options);
        if (failure is not null)
        {
            return new HistoryResult(null, null, failure);
        }

        await (fact is null ? context.Log.DurableAsync() : context.Log.AppendAsync([fact]));
        return HistoryResult.Of(context.Record.Step(command.StepId)?.History.GetValueOrDefault(command.Key));
    }

    private async Task BeginAsync(int callerId, string key, StepRecord plan)
    {
        var request = UndoRules.Begin(context.Record, callerId, key, plan);
        await context.Log.AppendAsync([request]);
        dispatcher.Send(context.Record.Step(request.StepId)!);
        context.Live.Ring();
    }
}
