using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Steps that wait for the end of an agent that they called.</summary>
internal sealed class PendingCalls(TaskContext context)
{
    private readonly Dictionary<int, TaskCompletionSource<StepCallResult>> _waiting = [];

    /// <summary>The result of a call once it has ended, or after a while <see cref="StepCallResult.StillRunning"/>.</summary>
    public async Task<StepCallResult> ResultAsync(int stepId)
    {
        if (!context.Record.Step(stepId)!.Ended)
        {
            if (!_waiting.TryGetValue(stepId, out var waiting))
            {
                _waiting[stepId] = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            try
            {
                return await waiting.Task.WaitAsync(context.Options.MaxWait, context.Clock);
            }
            catch (TimeoutException)
            {
                return context.Record.Step(stepId) is { State: StepState.Waiting }
                    ? StepCallResult.StillRunning with { Waits = true }
                    : StepCallResult.StillRunning;
            }
        }

        var step = context.Record.Step(stepId)!;
        if (!step.Request.KeepsInside || !CallRules.IsCalledInside(context.Record, step))
        {
            await context.Log.DurableAsync();
        }

        return ResultOf(step);
    }

    /// <summary>How a call ended.</summary>
    public StepCallResult ResultOf(StepRecord step) => step.State switch
    {
        StepState.Completed => new StepCallResult(step.Output, null, step.EndedAt!.Value)
        {
            Undoable = UndoRules.IsUndoable(context.Record, step),
            Early = context.Log.IsDurable ? null : context.Activation,
        },
        StepState.Failed => new StepCallResult(null, step.Failure, step.EndedAt!.Value),
        _ => new StepCallResult(
            null, StepFailures.Of(StepFailures.CanceledCode, "The call was cancelled."), step.EndedAt!.Value),
    };

    /// <summary>A call that was refused.</summary>
    public StepCallResult Failed(StepFailure failure) => new(null, failure, context.Now);

    /// <summary>Answers the callers of steps that have ended.</summary>
    public void Complete()
    {
        foreach (var (stepId, caller) in _waiting.ToArray())
        {
            if (context.Record.Step(stepId) is { Ended: true } step)
            {
                _waiting.Remove(stepId);
                caller.TrySetResult(ResultOf(step));
            }
        }
    }

    /// <summary>This activation is to be dropped: callers ask the next one.</summary>
    public void Abandon()
    {
        foreach (var caller in _waiting.Values)
        {
            caller.TrySetResult(StepCallResult.StillRunning);
        }
    }
}
