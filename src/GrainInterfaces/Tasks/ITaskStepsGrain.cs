using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
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
    Task<HistoryResult> RecordAsync(HistoryRequest request);

    /// <summary>
    /// Records values of a step that its run has gone on with, each once, in order; answered when that is durable. Another value
    /// at the place of one fails with the code <c>run_superseded</c>: another run of the step was before this one.
    /// </summary>
    [Alias("record-values")]
    Task<RecordedValues> RecordValuesAsync(RecordValues command);

    /// <summary>
    /// CancelsScope what a step asked for under a prefix of keys and what has not ended: calls, for which nothing is paid,
    /// questions and waits. What it asks for there later is not done.
    /// </summary>
    [Alias("withdraw")]
    Task CancelScopeAsync(CancelScope command);

    /// <summary>
    /// Undoes what plans within a call of a step have done, the last one first, each once; answers with what was undone, with
    /// JSON null when there was nothing, or like <see cref="CallAgentAsync"/> while it goes on.
    /// </summary>
    [Alias("undo-call")]
    Task<StepCallResult> UndoCallAsync(UndoCall command);

    /// <summary>Keeps free what undoing steps that are not one call may cost. Once under a key.</summary>
    [Alias("reserve-undo")]
    Task<HistoryResult> ReserveUndoAsync(UndoReservation command);

    /// <summary>As <see cref="CancelScopeAsync"/> for whichever attempt runs: what nodes of an earlier version ask for.</summary>
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
