using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>What steps have recorded beside their calls: waits, questions and values, each once under its key.</summary>
internal sealed class TaskHistory(TaskContext context, TaskIdling idling, TaskProgress progress, TaskReplay replay)
{
    /// <summary>Records a wait, a question or a value of a step once; gives what is recorded.</summary>
    public async Task<HistoryResult> RecordAsync(HistoryRequest request)
    {
        if (context.Record.Continues is not null)
        {
            await ReuseAsync(request);
        }

        if (context.Record.Step(request.StepId) is { } undoing && OfUndone(undoing, request.Key) is { } known && known.Kind == request.Kind)
        {
            return HistoryResult.Of(known);
        }

        var (fact, failure) = HistoryRules.Decide(context.Record, request, context.Now, context.Options);
        if (failure is not null)
        {
            return new HistoryResult(null, null, failure);
        }

        if (fact is not null)
        {
            await context.AppendAsync([fact], task => idling.RowOf(task, listed: fact is StepAsked));
        }
        else
        {
            await context.Log.DurableAsync();
        }

        return HistoryResult.Of(context.Record.Step(request.StepId)!.History.GetValueOrDefault(request.Key));
    }

    /// <summary>Cancels what an attempt asked for under a prefix of keys.</summary>
    public Task CancelScopeAsync(CancelScope command) =>
        context.Record.Step(command.StepId)?.IsAt(command.Attempt) == true
            ? CancelScopeAsync(command.StepId, command.KeyPrefix)
            : context.Log.DurableAsync();

    /// <summary>Cancels what a step asked for under a prefix of keys.</summary>
    public async Task CancelScopeAsync(int stepId, string keyPrefix)
    {
        var facts = HistoryRules.CancelScope(context.Record, stepId, keyPrefix, context.Options);
        await (facts.Count > 0 ? progress.EndAsync(facts) : context.Log.DurableAsync());
    }

    /// <summary>What the plan that a step undoes had recorded under a key.</summary>
    private HistoryEntry? OfUndone(StepRecord step, string key) =>
        step.Request.UndoOf is { } of ? context.Record.Step(of)?.History.GetValueOrDefault(key) : null;

    /// <summary>Takes the entry of the task that this one continues over, if there is one.</summary>
    private async Task ReuseAsync(HistoryRequest request)
    {
        if (context.Record.Step(request.StepId) is not { } step
            || !step.IsAt(request.Attempt) || step.History.ContainsKey(request.Key) || !HistoryRules.IsKey(request.Key)
            || await replay.RecordedBeforeAsync(step, request.Key) is not { Before: true, Place.Mark: { } recorded })
        {
            return;
        }

        var facts = Replay.Reuse(request, recorded, context.Now);
        if (facts.Count == 0 || context.Record.Ended || context.Record.Step(step.Id)!.History.ContainsKey(request.Key)
            || context.Record.Child(step.Id, request.Key) is not null)
        {
            return;
        }

        await context.AppendAsync(facts);
    }
}
