using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A step of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step: 1 for the root.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-ref")]
public sealed record StepRef([property: Id(0)] Guid TaskId, [property: Id(1)] int StepId);

/// <summary>A task that another one goes on from.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version whose records these are.</param>
/// <param name="Input">The input; null when its owner was erased.</param>
/// <param name="Path">
/// The steps above the one to begin at, from the root: what each recorded before a place of its code is taken over. Empty
/// when all runs anew.
/// </param>
[GenerateSerializer, Immutable, Alias("orkestron.replay-source")]
public sealed record ReplaySource(
    [property: Id(0)] string Agent,
    [property: Id(1)] string AgentVersion,
    [property: Id(2)] Payload? Input,
    [property: Id(3)] ImmutableArray<ReplayPart> Path);

/// <summary>A step whose records are taken over up to a place.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Before">The first place that runs anew.</param>
[GenerateSerializer, Immutable, Alias("orkestron.replay-part")]
public sealed record ReplayPart([property: Id(0)] int StepId, [property: Id(1)] string Before);

/// <summary>What a task has recorded at a place: a call, an entry, or nothing.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.recorded-place")]
public sealed record RecordedCommand([property: Id(0)] RecordedCall? Call, [property: Id(1)] RecordedEntry? Mark);

/// <summary>A call as it was recorded.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version that ran.</param>
/// <param name="Input">What it got; null when erased.</param>
/// <param name="Output">What it answered; null when it has not, or when erased.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="KeepsInside">Whether what it got stayed inside the platform.</param>
/// <param name="Recipient">Who outside of the platform got it.</param>
[GenerateSerializer, Immutable, Alias("orkestron.recorded-call")]
public sealed record RecordedCall(
    [property: Id(0)] int StepId,
    [property: Id(1)] string Agent,
    [property: Id(2)] string AgentVersion,
    [property: Id(3)] Payload? Input,
    [property: Id(4)] Payload? Output,
    [property: Id(5)] StepFailure? Failure,
    [property: Id(6)] bool KeepsInside,
    [property: Id(7)] string? Recipient);

/// <summary>A wait, a question or a value as it was recorded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Content">The question or the value; null for a wait, or when erased.</param>
/// <param name="Answer">The owner's answer; null when there is none, or when erased.</param>
[GenerateSerializer, Immutable, Alias("orkestron.recorded-mark")]
public sealed record RecordedEntry(
    [property: Id(0)] HistoryKind Kind, [property: Id(1)] Payload? Content, [property: Id(2)] Payload? Answer)
{
    /// <summary>What was left out of the answer, because the question's schema does not declare it: a JSON list of JSON Pointers.</summary>
    [Id(3)]
    public Payload? Dropped { get; init; }
}
