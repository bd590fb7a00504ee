using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Artifacts;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Messages;
using Orkestron.GrainInterfaces.Orchestration;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>One task, as the agents that work on it and the platform's recovery use it. Key: the task's id.</summary>
/// <remarks>Every call may arrive twice or late; steps are told apart by (step, attempt).</remarks>
[GrainInterfaceType("task-steps"), Alias("orkestron.task-steps")]
public interface ITaskStepsGrain : IGrainWithGuidKey
{
    /// <summary>Records how an attempt ended. Answered when durable, or when the attempt is of no interest any more.</summary>
    /// <returns>
    /// Whether the attempt needs no second run: false when the task does not know the step, because a crash took its record.
    /// Its caller may ask for it again.
    /// </returns>
    [Alias("end-step")]
    Task<bool> EndStepAsync(StepEnd end);

    /// <summary>Tells how far an attempt is. Transient: may be lost.</summary>
    [Alias("report"), OneWay]
    Task ReportAsync(StepReport report);

    /// <summary>
    /// Records that a run ended without an end: its worker was lost, or gave the work back. The same attempt is run again.
    /// Answered when durable, or when the run is of no interest any more.
    /// </summary>
    [Alias("lose-run")]
    Task LoseRunAsync(StepLoss loss);

    /// <summary>
    /// Runs another agent for a step and answers when it has ended, or after a few seconds with
    /// <see cref="StepCallResult.StillRunning"/>: then send the same call again. The same call of the same step is made
    /// once: a repeated one gets the recorded answer.
    /// </summary>
    [Alias("call-agent")]
    Task<StepCallResult> CallAgentAsync(StepCall call);

    /// <summary>Records a wait, a question or a value of a step once; gives what is recorded.</summary>
    [Alias("mark")]
    Task<MarkResult> MarkAsync(MarkRequest request);

    /// <summary>
    /// Records values of a step that its run has gone on with, each once, in order; answered when that is durable. Another value
    /// at the place of one fails with the code <c>run_superseded</c>: another run of the step was before this one.
    /// </summary>
    [Alias("record-values")]
    Task<RecordedValues> RecordValuesAsync(RecordValues command);

    /// <summary>
    /// Withdraws what a step asked for under a prefix of keys and what has not ended: calls, for which nothing is paid,
    /// questions and waits. What it asks for there later is not done.
    /// </summary>
    [Alias("withdraw")]
    Task WithdrawAsync(WithdrawPlaces command);

    /// <summary>
    /// Undoes what plans within a call of a step have done, the last one first, each once; answers with what was undone, with
    /// JSON null when there was nothing, or like <see cref="CallAgentAsync"/> while it goes on.
    /// </summary>
    [Alias("undo-call")]
    Task<StepCallResult> UndoCallAsync(UndoCall command);

    /// <summary>Keeps free what undoing steps that are not one call may cost. Once under a key.</summary>
    [Alias("reserve-undo")]
    Task<MarkResult> ReserveUndoAsync(UndoReservation command);

    /// <summary>As <see cref="WithdrawAsync"/> for whichever attempt runs: what nodes of an earlier version ask for.</summary>
    [Alias("cancel-calls")]
    Task CancelCallsAsync(int stepId, string keyPrefix);

    /// <summary>Asks for a file for a step: to read one that it may use, or to make one.</summary>
    [Alias("artifact")]
    Task<ArtifactGrant> ArtifactAsync(ArtifactRequest request);

    /// <summary>Whether the task runs and uses this file, or is about to. If not, its owner may delete the file.</summary>
    [Alias("uses-artifact"), AlwaysInterleave]
    Task<bool> UsesArtifactAsync(Guid artifactId);

    /// <summary>Sends a message of a step, once.</summary>
    [Alias("send")]
    Task<SendResult> SendAsync(SendMessage command);

    /// <summary>Takes the next message for a step, once at each place in its code.</summary>
    [Alias("receive")]
    Task<ReceiveResult> ReceiveAsync(ReceiveMessage command);

    /// <summary>The version of its agent that a step agreed to, or null when the task does not know the step.</summary>
    [Alias("agent-version"), AlwaysInterleave]
    Task<string?> AgentVersionAsync(int stepId);

    /// <summary>
    /// Whether an attempt is still to be done: asked before work is offered a second time, since its end may have come by
    /// another way. Answered when the ends that are being written are durable.
    /// </summary>
    [Alias("wants")]
    Task<bool> WantsAsync(int stepId, int attempt, int turn);

    /// <summary>Records how an attempt ended that was told by callback; answered when that is durable.</summary>
    [Alias("end-attempt")]
    Task<StepEnding> EndAttemptAsync(StepEnd end);

    /// <summary>Records, durably, that an endpoint has taken an attempt over to end it by callback.</summary>
    /// <returns>When it did; null when the attempt is of no interest any more.</returns>
    [Alias("accept")]
    Task<StepAccepted?> AcceptAsync(int stepId, int attempt);

    /// <summary>The attempt of a step that an endpoint has taken over last; null when none has.</summary>
    [Alias("accepted")]
    Task<StepAccepted?> AcceptedAsync(int stepId);

    /// <summary>Dispatches again what is outstanding, and settles what is not settled. Harmless at any time.</summary>
    [Alias("resume")]
    Task ResumeAsync();

    /// <summary>Whether the task lives by this hold, or is about to. If not, the wallet releases the hold.</summary>
    [Alias("owns-hold"), AlwaysInterleave]
    Task<bool> OwnsHoldAsync(Guid holdId);
}

/// <summary>A request for an agent to work, as it travels on the agent's work stream.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The try, from 1.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version that the task agreed to: the step runs under its manifest.</param>
/// <param name="Input">The input, valid against the agent's schema.</param>
/// <param name="Deadline">When the work is of no interest any more.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-work")]
public sealed record StepWork(
    [property: Id(0)] Guid TaskId,
    [property: Id(1)] int StepId,
    [property: Id(2)] int Attempt,
    [property: Id(3)] string Agent,
    [property: Id(4)] string AgentVersion,
    [property: Id(5)] Payload Input,
    [property: Id(6)] DateTimeOffset Deadline)
{
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

/// <summary>How an attempt ended.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-end")]
public sealed record StepEnd
{
    [Id(0)]
    public required int StepId { get; init; }

    [Id(1)]
    public required int Attempt { get; init; }

    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    [Id(3)]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The answer, checked against the agent's output schema; null when it failed.</summary>
    [Id(4)]
    public Payload? Output { get; init; }

    /// <summary>Why it failed; null when it answered.</summary>
    [Id(5)]
    public StepFailure? Failure { get; init; }

    /// <summary>Which run of the attempt ended.</summary>
    [Id(6)]
    public int Turn { get; init; }

    /// <summary>Whether only the run ended: the attempt goes on when what it waits for has come.</summary>
    [Id(7)]
    public bool Suspended { get; init; }

    /// <summary>Whether the agent's own code gave the failure: then it has undone what it wants undone.</summary>
    [Id(9)]
    public bool OwnFailure { get; init; }

    /// <summary>The places of its code that the run asked for, as it tells them; null when it does not.</summary>
    [Id(8)]
    public string? Asked { get; init; }

    /// <summary>Whether the run may have begun before <see cref="StartedAt"/>: its worker had it from an earlier activation.</summary>
    [Id(60)]
    public bool Continues { get; init; }

    /// <summary>The answers that the run was given before they were durable: lost with their activation, the run is lost too.</summary>
    [Id(61)]
    public ImmutableArray<EarlyAnswers> Early { get; init; } = [];

    /// <summary>What the run recorded and the task may not have yet: recorded with the end.</summary>
    [Id(62)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}

/// <summary>Answers that an activation of a task gave before they were durable.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Places">The places of the calls.</param>
[GenerateSerializer, Immutable, Alias("orkestron.early-answers")]
public sealed record EarlyAnswers([property: Id(0)] string Activation, [property: Id(1)] ImmutableArray<string> Places);

/// <summary>A run of an attempt that ended without an end.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Turn">Which run of the attempt.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="EndedAt">When the loss was noticed.</param>
/// <param name="Reason">One of <see cref="StepLosses"/>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-loss")]
public sealed record StepLoss(
    [property: Id(0)] int StepId,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Turn,
    [property: Id(3)] DateTimeOffset StartedAt,
    [property: Id(4)] DateTimeOffset EndedAt,
    [property: Id(5)] string Reason);

/// <summary>Why a run ended without an end.</summary>
public static class StepLosses
{
    /// <summary>The process that worked on it is gone.</summary>
    public const string WorkerLost = "worker_lost";

    /// <summary>The process gave it back, for instance because it was asked to end.</summary>
    public const string HandedBack = "handed_back";
}

/// <summary>Why an attempt gave no answer.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For the task's owner; personal content, hostile, at most 2,000 characters.</param>
/// <param name="Retryable">Whether another attempt may succeed.</param>
/// <param name="Refused">Whether the agent refused the input.</param>
/// <param name="RetryAfter">How long to wait; null for the platform's backoff.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-failure")]
public sealed record StepFailure(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] bool Retryable,
    [property: Id(3)] bool Refused,
    [property: Id(4)] TimeSpan? RetryAfter)
{
    /// <summary>The longest message, in characters.</summary>
    public const int MaxMessage = 2_000;

    /// <summary>A message within the limit.</summary>
    public static string Cut(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Length <= MaxMessage ? message : message[..MaxMessage];
    }
}

/// <summary>Where an attempt stands. Merged: it carries what changed since the report before.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-report")]
public sealed record StepReport
{
    [Id(0)]
    public required int StepId { get; init; }

    [Id(1)]
    public required int Attempt { get; init; }

    /// <summary>Place in the queue, 1 for the next; null once it works.</summary>
    [Id(2)]
    public int? QueuePosition { get; init; }

    /// <summary>When the agent began; null while it waits.</summary>
    [Id(3)]
    public DateTimeOffset? StartedAt { get; init; }

    [Id(4)]
    public double? Percent { get; init; }

    [Id(5)]
    public string? Message { get; init; }

    /// <summary>Where <see cref="Text"/> begins within the partial output, in characters.</summary>
    [Id(6)]
    public int TextOffset { get; init; }

    /// <summary>New partial output, or null.</summary>
    [Id(7)]
    public string? Text { get; init; }

    /// <summary>Whether the run may have begun before <see cref="StartedAt"/>: its worker had it from an earlier activation.</summary>
    [Id(8)]
    public bool Continues { get; init; }

    /// <summary>Whether it waits for its provider: none of whose processes is connected.</summary>
    [Id(61)]
    public bool Away { get; init; }

    /// <summary>While away: when a process of the provider was connected last; null for never.</summary>
    [Id(62)]
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>An agent's call of another agent.</summary>
/// <param name="StepId">The calling step.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Agent">Provider and name of the called agent.</param>
/// <param name="Input">Its input.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-call")]
public sealed record StepCall(
    [property: Id(0)] int StepId, [property: Id(1)] string Key, [property: Id(2)] string Agent, [property: Id(3)] Payload Input)
{
    /// <summary>At most this may be spent on it, its own calls included; null for what its agent declares.</summary>
    [Id(4)]
    public long? BudgetMicro { get; init; }

    /// <summary>What messages call the step; null for its agent.</summary>
    [Id(5)]
    public string? Role { get; init; }

    /// <summary>Only while this attempt of the caller runs; null for whichever does.</summary>
    [Id(6)]
    public int? Attempt { get; init; }

    /// <summary>The agents that undo the call once it is done; none when nothing does.</summary>
    [Id(7)]
    public ImmutableArray<string> UndoneBy { get; init; } = [];

    /// <summary>Whether what was done stays when the task is cancelled.</summary>
    [Id(8)]
    public bool StaysOnCancel { get; init; }

    /// <summary>The place of the call that this one undoes, or null.</summary>
    [Id(9)]
    public string? Undoes { get; init; }

    /// <summary>What the run recorded and the task may not have yet: recorded before the call.</summary>
    [Id(62)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}

/// <summary>Asks for what plans within a call have done to be undone.</summary>
/// <param name="StepId">The step whose plan asks.</param>
/// <param name="Place">The place of the call.</param>
/// <param name="Key">The place that undoes it.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.undo-call")]
public sealed record UndoCall(
    [property: Id(0)] int StepId, [property: Id(1)] string Place, [property: Id(2)] string Key, [property: Id(3)] int Attempt);

/// <summary>Asks for money to be kept free to undo steps of a plan that are not one call.</summary>
/// <param name="StepId">The step whose plan asks.</param>
/// <param name="Key">The place: numbers, letters and dots, at most 200 characters.</param>
/// <param name="By">The agents that undo it.</param>
/// <param name="StaysOnCancel">Whether what was done stays when the task is cancelled.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.undo-reservation")]
public sealed record UndoReservation(
    [property: Id(0)] int StepId,
    [property: Id(1)] string Key,
    [property: Id(2)] ImmutableArray<string> By,
    [property: Id(3)] bool StaysOnCancel,
    [property: Id(4)] int Attempt);

/// <summary>What a call came to: an answer or a failure, or neither while it still runs.</summary>
/// <param name="Output">The answer.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="At">When it was recorded.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-call-result")]
public sealed record StepCallResult(
    [property: Id(0)] Payload? Output, [property: Id(1)] StepFailure? Failure, [property: Id(2)] DateTimeOffset At)
{
    /// <summary>Whether what is called itself waits for long: for a person, or until a time. Its caller need not stay.</summary>
    [Id(3)]
    public bool Waits { get; init; }

    /// <summary>Whether plans within the call have done what can be undone.</summary>
    [Id(4)]
    public bool Undoable { get; init; }

    /// <summary>The activation of the task that told it before it was durable; null when it is durable.</summary>
    [Id(5)]
    public string? Early { get; init; }

    /// <summary>Neither: send the call again.</summary>
    public static StepCallResult StillRunning { get; } = new(null, null, default);

    /// <summary>Whether it has ended.</summary>
    public bool Ended => Output is not null || Failure is not null;
}
