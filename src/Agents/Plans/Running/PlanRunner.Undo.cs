using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

// What a plan has done is undone when it fails: the last one first, and each whatever becomes of the others.
internal sealed partial class PlanRunner
{
    /// <summary>Runs steps that are a whole of their own: when one fails, what was done is undone, and the cause tells so.</summary>
    private async Task<T> WholeAsync<T>(PlanFrame frame, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception cause) when (IsFailure(cause) && !frame.Stop.IsCancellationRequested)
        {
            var undone = await UndoAsync(frame.Done);
            if (undone.Nothing)
            {
                throw;
            }

            throw undone.With(cause);
        }
    }

    private async Task<Undone> UndoAsync(UndoLog done)
    {
        var undone = new Undone();
        foreach (var step in done.Take())
        {
            step.Context.Progress(null, $"Undoing {step.Step.Id}");
            var context = step.Context is Workflow.StepContext durable
                ? await durable.UndoAsync(step.Key!, _stop)
                : step.Context;
            if (step.Step.Compensate.Count > 0)
            {
                await UndoStepAsync(step, context, undone);
            }

            if (step.Undoable && context is Workflow.StepContext within)
            {
                await UndoCallAsync(step, within, undone);
            }
        }

        return undone;
    }

    private async Task UndoStepAsync(DoneStep step, IAgentContext context, Undone undone)
    {
        var frame = new PlanFrame(step.Scope.Inner(), context, new UndoLog(), step.Place, _stop) { IsUndo = true, Undoes = step.Key };
        try
        {
            await WholeAsync(frame, () => StepsAsync(step.Step.Compensate, frame));
            undone.Add(step.Step.Id);
        }
        catch (Exception fault) when (IsFailure(fault))
        {
            undone.Fail(step.Step.Id, fault.Message);
        }
    }

    private async Task UndoCallAsync(DoneStep step, Workflow.StepContext context, Undone undone)
    {
        try
        {
            if (await context.UndoCallAsync(step.Key!, _stop) is { } told)
            {
                undone.Add(told, step.Step.Id);
            }
        }
        catch (Exception fault) when (IsFailure(fault))
        {
            undone.Fail(step.Step.Id, fault.Message);
        }
    }

    private static bool IsFailure(Exception fault) => fault is AgentFailedException or AgentRefusedException;
}
