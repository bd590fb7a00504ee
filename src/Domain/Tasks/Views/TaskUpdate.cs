using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// Something that happened to a task, as watchers see it. Journaled updates rise by one; a transient one carries the
/// sequence of the last journaled update before it and may be dropped or merged.
/// </summary>
/// <param name="Sequence">The journal's version.</param>
/// <param name="At">When.</param>
/// <param name="Type">
/// Journaled: <c>task.submitted</c>, <c>task.continues</c> {taskId, fromStep}, <c>task.completed</c>, <c>task.failed</c>,
/// <c>task.canceled</c>,
/// <c>task.rejected</c>, <c>task.settled</c>, <c>task.shared</c>, <c>task.unshared</c>, <c>step.requested</c>,
/// <c>step.started</c> {attempt}, <c>step.lost</c> {attempt, startedAt, endedAt, reason}: the attempt's worker was lost
/// (<c>worker_lost</c>) or gave the work back (<c>handed_back</c>), nothing is charged and the next attempt follows,
/// <c>step.completed</c> {attempt}, <c>step.failed</c> {attempt}, <c>step.reused</c> {taskId, sourceStep}, <c>step.canceled</c>,
/// <c>step.waits</c> {until},
/// <c>step.asked</c> {questionId}, <c>step.answered</c> {questionId}, <c>step.kept</c>, <c>step.reserved</c>, <c>step.suspended</c>,
/// <c>step.opened</c> {artifact}, <c>step.made</c> {artifact},
/// <c>step.sent</c> {messageId, to, messageType}, <c>step.listens</c> {messageType}, <c>step.received</c> {messageId},
/// <c>step.withdrawn</c>. Transient: <c>step.queued</c> {position}, <c>step.away</c> {lastSeen}: no process of its provider is connected,
/// <c>step.progress</c> {percent, message, attempt}, <c>step.output</c> {offset, text, attempt}: the partial output from that character
/// on is that text.
/// </param>
/// <param name="StepId">The step, or null.</param>
/// <param name="Data">A JSON object.</param>
/// <param name="Transient">Whether it is not in the journal.</param>
[GenerateSerializer, Immutable, Alias("orkestron.task-update")]
public sealed record TaskUpdate(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Type,
    [property: Id(3)] int? StepId,
    [property: Id(4)] Payload Data,
    [property: Id(5)] bool Transient);

/// <summary>Some journaled updates, in order.</summary>
/// <param name="Items">The updates.</param>
/// <param name="Last">The task's last sequence: there is more while the last item lies below it.</param>
/// <param name="Ended">Whether the task has ended and is settled: nothing more will come.</param>
[GenerateSerializer, Immutable, Alias("orkestron.task-updates")]
public sealed record TaskUpdates(
    [property: Id(0)] ImmutableArray<TaskUpdate> Items, [property: Id(1)] long Last, [property: Id(2)] bool Ended);
