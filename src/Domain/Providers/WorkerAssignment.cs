using System.Collections.Immutable;

namespace Orkestron.Domain.Providers;

/// <summary>A step that is assigned to a process.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Step">Which attempt.</param>
/// <param name="AgentVersion">The version agreed at submission.</param>
/// <param name="Input">The input, valid against the agent's schema.</param>
/// <param name="Deadline">When the answer is of no interest any more.</param>
/// <param name="RequestedAt">When the step was asked for.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-work-order")]
public sealed record WorkerAssignment(
    [property: Id(0)] string Agent,
    [property: Id(1)] StepKey Step,
    [property: Id(2)] string AgentVersion,
    [property: Id(3)] Payload Input,
    [property: Id(4)] DateTimeOffset Deadline,
    [property: Id(5)] DateTimeOffset RequestedAt)
{
    /// <summary>Whether nothing is recorded for the step; false where that is not known.</summary>
    [Id(6)]
    public bool Fresh { get; init; }
}
