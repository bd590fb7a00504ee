using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Orchestration;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>One run of one attempt of one step.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step within the task.</param>
/// <param name="Attempt">The try, from 1.</param>
/// <param name="Turn">The run within the try, from 0: one more each time it went on after a long wait.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-key")]
public readonly record struct StepKey(
    [property: Id(0)] Guid TaskId, [property: Id(1)] int StepId, [property: Id(2)] int Attempt, [property: Id(3)] int Turn)
{
    /// <summary>Which one a request is.</summary>
    public static StepKey Of(StepWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new StepKey(work.TaskId, work.StepId, work.Attempt, work.Turn);
    }
}

/// <summary>A step handed to a process.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Step">Which attempt.</param>
/// <param name="AgentVersion">The version agreed at submission.</param>
/// <param name="Input">The input, valid against the agent's schema.</param>
/// <param name="Deadline">When the answer is of no interest any more.</param>
/// <param name="RequestedAt">When the step was asked for.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-work-order")]
public sealed record StepWorkOrder(
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

/// <summary>A process and what it runs of one agent.</summary>
/// <param name="ProcessId">Names the process for as long as it lives, over all its connections.</param>
/// <param name="Session">Rises with each connection of the process.</param>
/// <param name="Link">Where to hand steps.</param>
/// <param name="Version">The agent's version that it runs.</param>
/// <param name="Capacity">Steps at once; 0 when it takes no more.</param>
/// <param name="Running">What it runs, or has ended without an acknowledgement.</param>
[GenerateSerializer, Immutable, Alias("orkestron.provider-link-state")]
public sealed record ProviderLinkState(
    [property: Id(0)] string ProcessId,
    [property: Id(1)] long Session,
    [property: Id(2)] IProviderLink Link,
    [property: Id(3)] string Version,
    [property: Id(4)] int Capacity,
    [property: Id(5)] ImmutableArray<StepKey> Running);

/// <summary>How a run ended at a process: with an answer, with a failure, or, with neither, to go on after a long wait.</summary>
/// <param name="Step">Which attempt.</param>
/// <param name="StartedAt">When it was handed over.</param>
/// <param name="Output">The answer; not yet checked.</param>
/// <param name="Failure">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-handed-in")]
public sealed record StepHandedIn(
    [property: Id(0)] StepKey Step,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] Payload? Output,
    [property: Id(3)] StepFailure? Failure)
{
    /// <summary>The places of its code that the run asked for, as it tells them; null when it does not.</summary>
    [Id(4)]
    public string? Asked { get; init; }

    /// <summary>What the run recorded and the task may not have yet.</summary>
    [Id(5)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}

/// <summary>Progress and new partial output of a step; null where nothing changed.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-reported")]
public sealed record StepReported(
    [property: Id(0)] StepKey Step,
    [property: Id(1)] double? Percent,
    [property: Id(2)] string? Message,
    [property: Id(3)] string? Text);
