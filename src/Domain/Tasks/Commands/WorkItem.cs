using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A request for an agent to work, as it travels on the agent's work stream.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The try, from 1.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version that the task agreed to: the step runs under its manifest.</param>
/// <param name="Input">The input, valid against the agent's schema.</param>
/// <param name="Deadline">When the work is of no interest any more.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-work")]
public sealed record WorkItem(
    [property: Id(0)] Guid TaskId,
    [property: Id(1)] int StepId,
    [property: Id(2)] int Attempt,
    [property: Id(3)] string Agent,
    [property: Id(4)] string AgentVersion,
    [property: Id(5)] Payload Input,
    [property: Id(6)] DateTimeOffset Deadline)
{
    /// <summary>Which run of which attempt it is.</summary>
    public StepKey Key => new(TaskId, StepId, Attempt, Turn);

    /// <summary>Which run of the attempt: 0, and one more each time it went on after a long wait.</summary>
    [Id(7)]
    public int Turn { get; init; }

    /// <summary>When the step was asked for.</summary>
    [Id(8)]
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether the attempt may have been dispatched before: it may run at an agent already, or have ended.</summary>
    [Id(9)]
    public bool Again { get; init; }

    /// <summary>Whose task it is, so that users share what is scarce; empty when the sender is of an earlier build.</summary>
    [Id(10)]
    public Guid OwnerId { get; init; }

    /// <summary>Whether the run goes through what was done before, to undo it.</summary>
    [Id(20)]
    public bool Undoing { get; init; }

    /// <summary>Since when this run waits for its agent; null from a node that does not say.</summary>
    [Id(60)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// Until when somebody watches the task, so that it is told the step's place in the queue; past when nobody does, null
    /// from a node that does not say.
    /// </summary>
    [Id(61)]
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <summary>Whether this is the step's first dispatch and nothing is recorded for it; false from a node that does not say.</summary>
    [Id(62)]
    public bool Fresh { get; init; }
}
