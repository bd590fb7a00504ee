using Orkestron.Contracts.Tasks;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>What is transient about the steps of a task that somebody watches.</summary>
internal static class LiveSteps
{
    /// <summary>Drops what an event has ended: a step's run, or all of them with the task.</summary>
    public static void Forget(Dictionary<int, LiveStep> steps, TaskEvent update)
    {
        switch (update)
        {
            case { Type: "task.completed" or "task.failed" or "task.rejected" or "task.canceled" }:
                steps.Clear();
                break;
            case { Type: "step.completed" or "step.failed" or "step.lost" or "step.canceled" or "step.suspended", StepId: { } stepId }:
                steps.Remove(stepId);
                break;
        }
    }
}
