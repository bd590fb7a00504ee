using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

// When a plan fails, its completed steps are undone, the last one first; when undoing one fails, the others are still undone.
internal sealed partial class PlanRunner
{
    /// <summary>Runs steps as a unit: when one fails, those completed are undone, and the failure says which.</summary>
    private async Task<T> WholeAsync<T>(PlanFrame frame, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception cause) when (Failures.Is(cause) && !frame.Stop.IsCancellationRequested)
        {
            var report = await UndoAsync(frame.Done);
            if (report.Nothing)
            {
                throw;
            }

            throw report.With(cause);
        }
    }

    private async Task<UndoReport> UndoAsync(UndoLog done)
    {
        var report = new UndoReport();
        foreach (var step in done.Take())
        {
            step.Context.Progress(null, $"Undoing {step.Step.Id}");
            var context = step.Context is Workflow.StepContext durable
                ? await durable.UndoAsync(step.Key!, _stop)
                : step.Context;
            if (step.Step.Compensate.Count > 0)
            {
                await UndoStepAsync(step, context, report);
            }

            if (step.Undoable && context is Workflow.StepContext within)
            {
                await UndoCallAsync(step, within, report);
            }
        }

        return report;
    }

    private async Task UndoStepAsync(DoneStep step, IAgentContext context, UndoReport report)
    {
        var frame = new PlanFrame(step.Scope.Inner(), context, new UndoLog(), step.Position, _stop) { IsUndo = true, Undoes = step.Key };
        try
        {
            await WholeAsync(frame, () => StepsAsync(step.Step.Compensate, frame));
            report.Add(step.Step.Id);
        }
        catch (Exception fault) when (Failures.Is(fault))
        {
            report.Fail(step.Step.Id, fault.Message);
        }
    }

    private async Task UndoCallAsync(DoneStep step, Workflow.StepContext context, UndoReport report)
    {
        try
        {
            if (await context.UndoCallAsync(step.Key!, _stop) is { } inner)
            {
                report.Add(inner, step.Step.Id);
            }
        }
        catch (Exception fault) when (Failures.Is(fault))
        {
            report.Fail(step.Step.Id, fault.Message);
        }
    }

}
