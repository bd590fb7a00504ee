using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Grains.Tasks;

// Undoing what plans within a call have done: each runs again, over its own records.
internal sealed partial class TaskGrain
{
    private const int UndoInputBytes = 1_000;

    private static readonly Payload Nothing = Payload.Of("null");

    public async Task<StepCallResult> UndoCallAsync(UndoCall command)
    {
        if (Record.Ended || Record.Step(command.StepId) is not { } caller || !caller.IsAt(command.Attempt))
        {
            return Failed(TaskRules.StepEnded);
        }

        var call = Record.Child(caller.Id, command.Place)
            ?? (caller.Request.UndoOf is { } of ? Record.Child(of, command.Place) : null);
        if (call is null || !HistoryRules.IsKey(command.Key) || UndoRules.Plans(Record, call) is not { Count: > 0 } plans)
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

    public async Task<HistoryResult> ReserveUndoAsync(UndoReservation command)
    {
        var micro = Record.Step(command.StepId)?.History.ContainsKey(command.Key) == true
            ? 0
            : await UndoMicroAsync(command.By, UndoInputBytes);
        var (fact, failure) = UndoRules.Reserve(Record, command, micro, _options);
        if (failure is not null)
        {
            return new HistoryResult(null, null, failure);
        }

        await (fact is null ? _log.DurableAsync() : _log.AppendAsync([fact]));
        return HistoryResultOf(Record.Step(command.StepId)?.History.GetValueOrDefault(command.Key));
    }

    /// <summary>What agents that undo something may cost together, each with an input of so many bytes.</summary>
    private async Task<long> UndoMicroAsync(ImmutableArray<string> agents, int inputBytes)
    {
        var sum = 0L;
        foreach (var agent in agents)
        {
            var manifest = (await GrainFactory.Get<IAgentGrain>(agent).ChooseAsync(Id, Record.Submission!.UserId, null)).Value;
            sum = checked(sum + (manifest?.Price.QuoteMicro(inputBytes) ?? 0));
        }

        return sum;
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
