using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Domain.Schemas;

namespace Orkestron.Domain.Tasks;

/// <summary>A fact about a task. The discriminators stand in the log for ever: add, never rename or reuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TaskSubmitted), TaskEventNames.Submitted)]
[JsonDerivedType(typeof(TaskContinues), TaskEventNames.Continues)]
[JsonDerivedType(typeof(StepRequested), TaskEventNames.StepRequested)]
[JsonDerivedType(typeof(StepUndoing), TaskEventNames.StepUndoing)]
[JsonDerivedType(typeof(TaskUndoing), TaskEventNames.Undoing)]
[JsonDerivedType(typeof(StepStarted), TaskEventNames.StepStarted)]
[JsonDerivedType(typeof(StepCompleted), TaskEventNames.StepCompleted)]
[JsonDerivedType(typeof(StepFailed), TaskEventNames.StepFailed)]
[JsonDerivedType(typeof(StepLost), TaskEventNames.StepLost)]
[JsonDerivedType(typeof(StepReused), TaskEventNames.StepReused)]
[JsonDerivedType(typeof(StepCanceled), TaskEventNames.StepCanceled)]
[JsonDerivedType(typeof(StepWaits), TaskEventNames.StepWaits)]
[JsonDerivedType(typeof(StepAsked), TaskEventNames.StepAsked)]
[JsonDerivedType(typeof(StepAnswered), TaskEventNames.StepAnswered)]
[JsonDerivedType(typeof(StepValueRecorded), TaskEventNames.StepValueRecorded)]
[JsonDerivedType(typeof(StepReserved), TaskEventNames.StepReserved)]
[JsonDerivedType(typeof(StepSuspended), TaskEventNames.StepSuspended)]
[JsonDerivedType(typeof(StepOpened), TaskEventNames.StepOpened)]
[JsonDerivedType(typeof(StepMade), TaskEventNames.StepMade)]
[JsonDerivedType(typeof(StepSent), TaskEventNames.StepSent)]
[JsonDerivedType(typeof(StepListens), TaskEventNames.StepListens)]
[JsonDerivedType(typeof(StepReceived), TaskEventNames.StepReceived)]
[JsonDerivedType(typeof(StepScopeCanceled), TaskEventNames.StepScopeCanceled)]
[JsonDerivedType(typeof(StepTrimmed), TaskEventNames.StepTrimmed)]
[JsonDerivedType(typeof(StepWrote), TaskEventNames.StepWrote)]
[JsonDerivedType(typeof(TaskCompleted), TaskEventNames.Completed)]
[JsonDerivedType(typeof(TaskFailed), TaskEventNames.Failed)]
[JsonDerivedType(typeof(TaskRejected), TaskEventNames.Rejected)]
[JsonDerivedType(typeof(TaskCanceled), TaskEventNames.Canceled)]
[JsonDerivedType(typeof(TaskSettled), TaskEventNames.Settled)]
[JsonDerivedType(typeof(TaskShared), TaskEventNames.Shared)]
[JsonDerivedType(typeof(TaskUnshared), TaskEventNames.Unshared)]
internal abstract record TaskEvent
{
    /// <summary>Personal content, sealed beside the event under the owner's key; null also when that key was destroyed.</summary>
    [JsonIgnore]
    public Payload? Content { get; init; }
}

/// <summary>
/// Accepted and paid into a hold. Content: the input. With a work time the task may work that long; what it waits does not
/// count, and the deadline bounds both. The fee is the platform's part of what a step costs, in hundredths of a percent, as it
/// was agreed then; null where an earlier build did not record it. The terms are what else was asked for.
/// </summary>
internal sealed record TaskSubmitted(
    Guid UserId,
    string Agent,
    string AgentVersion,
    long HeldMicro,
    Guid HoldId,
    DateTimeOffset Deadline,
    string RequestHash,
    TimeSpan? WorkTime = null,
    int? FeeBasisPoints = null,
    TaskTerms? Terms = null) : TaskEvent;

/// <summary>
/// An agent is asked to work. Content: its input, except for the root, whose input is the task's. KeepsInside says that the
/// input does not leave the platform; a recipient is who outside of it the agent sends it to. The lease is what the step and
/// its calls may cost together; the root's is the hold. The role is what messages call it, when that is not the agent. A source
/// step is the step of the task that this one goes on from whose records it takes over. With an undo price, other calls undo this one; what
/// they cost is kept free. A step that is the undoing of another one goes over that one's records.
/// </summary>
internal sealed record StepRequested(
    int StepId,
    int? ParentId,
    string? Call,
    string Agent,
    string AgentVersion,
    long PriceMicro,
    [property: JsonPropertyName("builtIn")] bool KeepsInside,
    string? Recipient = null,
    long? LeaseMicro = null,
    string? Role = null,
    int? SourceStep = null,
    long? UndoMicro = null,
    bool? StaysOnCancel = null,
    string? Undoes = null,
    int? UndoOf = null) : TaskEvent;

/// <summary>
/// A plan was cut short that has done what it undoes: it runs again to undo that, and nothing else. Content: why, a JSON string.
/// </summary>
internal sealed record StepUndoing(int StepId, int Attempt, string Code) : TaskEvent;

/// <summary>The task ends once what was done is undone, or then. Content: why, a JSON string.</summary>
internal sealed record TaskUndoing(string Code, DateTimeOffset Until) : TaskEvent;

/// <summary>The task takes over what another one recorded before a step.</summary>
internal sealed record TaskContinues(Guid TaskId, int StepId) : TaskEvent;

/// <summary>
/// A step takes over the answer, or the failure, that was recorded before; nothing is run or paid. Content: the answer, or
/// the failure's message as a JSON string.
/// </summary>
internal sealed record StepReused(int StepId, Guid TaskId, int SourceStep, string? FailureCode, bool Refused) : TaskEvent;

/// <summary>An agent works; recorded only for work that takes a while.</summary>
internal sealed record StepStarted(int StepId, int Attempt, DateTimeOffset StartedAt, int? Number = null) : TaskEvent;

/// <summary>
/// A run ended without an end: its worker was lost, or gave the work back. Nothing is paid, and the attempt is run again.
/// To people each run after a loss is an attempt of its own: the number is what they are shown, null where it is the attempt's.
/// </summary>
internal sealed record StepLost(
    int StepId, int Attempt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Reason, int? Number = null) : TaskEvent;

/// <summary>An agent answered. Content: the answer.</summary>
internal sealed record StepCompleted(
    int StepId, int Attempt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long CostMicro, int? Number = null) : TaskEvent;

/// <summary>An attempt failed. Content: the message, a JSON string.</summary>
internal sealed record StepFailed(
    int StepId,
    int Attempt,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string Code,
    bool Refused,
    DateTimeOffset? RetryAt,
    int? Number = null) : TaskEvent;

/// <summary>Its caller wants it no more; nothing is paid.</summary>
internal sealed record StepCanceled(int StepId) : TaskEvent;

/// <summary>A step waits until a time.</summary>
internal sealed record StepWaits(int StepId, string Key, DateTimeOffset Until, bool? Reused = null) : TaskEvent;

/// <summary>A step asks the owner. Content: the question, <c>{prompt, schema, subject}</c>.</summary>
internal sealed record StepAsked(int StepId, string Key, bool? Reused = null) : TaskEvent;

/// <summary>The owner answered. Content: the answer.</summary>
internal sealed record StepAnswered(int StepId, string Key) : TaskEvent;

/// <summary>
/// A step keeps a value. Content: the value. At: when its run recorded it, where that was before the task did; null where it was
/// then.
/// </summary>
internal sealed record StepValueRecorded(int StepId, string Key, bool? Reused = null, DateTimeOffset? At = null) : TaskEvent;

/// <summary>Money is kept free to undo steps of a plan that are not one call. A plan may say that what was done stays when the
/// task is cancelled.</summary>
internal sealed record StepReserved(int StepId, string Key, long UndoMicro, bool? StaysOnCancel = null) : TaskEvent;

/// <summary>A run ended that waits for longer than a run should live.</summary>
internal sealed record StepSuspended(int StepId, int Attempt, int Turn) : TaskEvent;

/// <summary>A step is given a file to read.</summary>
internal sealed record StepOpened(int StepId, Guid ArtifactId) : TaskEvent;

/// <summary>A step made a file.</summary>
internal sealed record StepMade(int StepId, Guid ArtifactId) : TaskEvent;

/// <summary>A step sends a message: to a step, or to a role that none may have yet. Content: the payload.</summary>
internal sealed record StepSent(
    int StepId, string Key, string To, int? ToStepId, string MessageType, ImmutableArray<Guid> Artifacts) : TaskEvent
{
    public bool Equals(StepSent? other) => other is not null && base.Equals(other)
        && (StepId, Key, To, ToStepId, MessageType) == (other.StepId, other.Key, other.To, other.ToStepId, other.MessageType)
        && Artifacts.AsSpan().SequenceEqual(other.Artifacts.AsSpan());

    public override int GetHashCode() => HashCode.Combine(StepId, Key, To);
}

/// <summary>A step begins to wait for a message.</summary>
internal sealed record StepListens(int StepId, string Key, string? MessageType) : TaskEvent;

/// <summary>A step takes a message.</summary>
internal sealed record StepReceived(int StepId, string Key, string MessageId) : TaskEvent;

/// <summary>What a step asked for under a prefix of places is wanted no more, now or later: another branch won.</summary>
internal sealed record StepScopeCanceled(int StepId, string Prefix) : TaskEvent;

/// <summary>
/// Members of what was sent do not reach the agent: the schema does not declare them. Of the step's input, or, with a key, of the
/// owner's answer to the question at that place. Content: where, a JSON list of JSON Pointers; their values are nowhere.
/// </summary>
internal sealed record StepTrimmed(int StepId, string? Key = null) : TaskEvent
{
    private const int MaxShown = 100;

    /// <summary>The fact of a checked input or answer; none when nothing was left out.</summary>
    public static IReadOnlyList<TaskEvent> Of(int stepId, CheckedValue value, string? key = null) => value.Dropped.IsEmpty
        ? []
        : [new StepTrimmed(stepId, key) { Content = new Payload(JsonSerializer.SerializeToUtf8Bytes(value.Dropped.Take(MaxShown))) }];

    /// <summary>The pointers that a fact's content holds; none without content.</summary>
    public static ImmutableArray<string> Read(Payload? content) =>
        content is null ? [] : [.. JsonSerializer.Deserialize<string[]>(content.Utf8) ?? []];
}

/// <summary>
/// What an attempt without an answer had written of one. Characters: how much that was in all. Content: its beginning, a JSON
/// string.
/// </summary>
internal sealed record StepWrote(int StepId, int Number, int Characters) : TaskEvent;

/// <summary>Ended with the root step's answer.</summary>
internal sealed record TaskCompleted : TaskEvent;

/// <summary>Ended without an answer. Content: why, a JSON string.</summary>
internal sealed record TaskFailed(string Code) : TaskEvent;

/// <summary>The agent refused the input. Content: why, a JSON string.</summary>
internal sealed record TaskRejected(string Code) : TaskEvent;

/// <summary>Ended by its owner.</summary>
internal sealed record TaskCanceled : TaskEvent;

/// <summary>The hold is resolved.</summary>
internal sealed record TaskSettled(long ChargedMicro, long RefundedMicro, Guid EntryId) : TaskEvent;

/// <summary>A share link was made.</summary>
internal sealed record TaskShared(string SecretHash, DateTimeOffset ExpiresAt) : TaskEvent;

/// <summary>The share link was withdrawn.</summary>
internal sealed record TaskUnshared : TaskEvent;
