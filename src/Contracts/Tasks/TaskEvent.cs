using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Tasks;

/// <summary>Something that happened to a task: the same in REST, in event streams and on the hub.</summary>
/// <param name="Sequence">Rises by one with each journaled event of the task; a transient one carries the last journaled
/// sequence before it.</param>
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
/// <c>step.withdrawn</c>, <c>step.trimmed</c> {droppedMembers, questionId?}, <c>step.wrote</c> {attempt, characters}. Transient:
/// <c>step.queued</c> {position}, <c>step.away</c> {lastSeen}: no process of its provider is connected,
/// <c>step.progress</c> {percent, message, attempt}, <c>step.output</c> {offset, text, attempt}: the partial output from that character on
/// is that text; that of another attempt starts anew at offset 0. Ignore types you do not know.
/// </param>
/// <param name="StepId">The step; absent when it is about the whole task.</param>
/// <param name="Data">An object, by type.</param>
/// <param name="Transient">Whether it is not in the journal: may be merged or dropped.</param>
public sealed record TaskEvent(
    long Sequence,
    DateTimeOffset At,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StepId,
    JsonElement Data,
    bool Transient);

/// <summary>Some journaled events of a task, in order.</summary>
/// <param name="Items">The events.</param>
/// <param name="Last">The task's last sequence: there is more while the last item lies below it.</param>
/// <param name="Ended">Whether nothing more will come.</param>
public sealed record TaskEventList(IReadOnlyList<TaskEvent> Items, long Last, bool Ended);
