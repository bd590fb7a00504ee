using Orkestron.Contracts.Tasks;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>The transient state of the steps of a watched task.</summary>
internal static class LiveSteps
{
    /// <summary>Removes the state that an event makes obsolete: of a step whose attempt ended, or of all steps when the task
    /// ended.</summary>
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
