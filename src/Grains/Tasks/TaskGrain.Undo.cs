using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Orchestration;

namespace Orkestron.Grains.Tasks;

// Undoing what plans within a call have done: each runs again, over its own records.
internal sealed partial class TaskGrain
{
    private static readonly Payload Nothing = Payload.Of("null");

    public async Task<StepCallResult> UndoCallAsync(UndoCall command)
    {
        if (Record.Ended || Record.Step(command.StepId) is not { } caller || !caller.IsAt(command.Attempt))
        {
            return Failed(TaskRules.StepEnded);
        }

        var call = Record.Child(caller.Id, command.Place)
            ?? (caller.Request.UndoOf is { } of ? Record.Child(of, command.Place) : null);
        if (call is null || !MarkRules.IsKey(command.Key) || UndoRules.Plans(Record, call) is not { Count: > 0 } plans)
        {
            return new StepCallResult(Nothing, null, _clock.GetUtcNow());
        }

        var undone = new List<StepRecord>();
        foreach (var plan in plans)
        {
            var key = $"{command.Key}.{plan.Id}";
            if (Record.Child(caller.Id, key) is not { } made)
            {
                await BeginUndoAsync(caller.Id, key, plan);
                made = Record.Child(caller.Id, key)!;
            }

            if (!made.Ended && await ResultAsync(made.Id) is { Ended: false } goesOn)
            {
                return goesOn;
            }

            undone.Add(Record.Step(made.Id)!);
        }

        return new StepCallResult(UndoRules.Together(undone), null, undone[^1].EndedAt ?? _clock.GetUtcNow());
    }

    private async Task BeginUndoAsync(int callerId, string key, StepRecord plan)
    {
        var id = Record.Steps.Count + 1;
        await _log.AppendAsync(
        [
            new StepRequested(
                id,
                callerId,
                key,
                plan.Request.Agent,
                plan.Request.AgentVersion,
                0,
                plan.Request.BuiltIn,
                plan.Request.Recipient,
                Math.Max(0, BudgetTree.RestMicro(Record, Record.Step(callerId)!, undoes: true)),
                UndoOf: plan.Request.UndoOf ?? plan.Id)
            { Content = plan.Id == 1 ? Record.Input : plan.Request.Content },
        ]);
        Dispatch(Record.Step(id)!);
        _pulse.Ring();
    }
}
