namespace Orkestron.Workflow;

/// <summary>Which step a context belongs to, and how it waits.</summary>
/// <param name="TaskId">The task, an id that says nothing of its owner.</param>
/// <param name="StepId">The step within the task.</param>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="RequestedAt">When the step was asked for: the agent's first <c>Now</c>.</param>
/// <param name="Clock">The clock.</param>
/// <param name="SuspendAfter">A longer wait ends the run until it is over.</param>
public sealed record StepIdentity(
    string TaskId, string StepId, int Attempt, DateTimeOffset RequestedAt, TimeProvider Clock, TimeSpan SuspendAfter)
{
    /// <summary>Whether the run goes again through what an earlier run has done, to undo it.</summary>
    public bool Undoing { get; init; }
}
