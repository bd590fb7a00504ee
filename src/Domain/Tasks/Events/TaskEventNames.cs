namespace Orkestron.Domain.Tasks;

/// <summary>The names of a task's events, in the log and on the wire alike.</summary>
internal static class TaskEventNames
{
    public const string Submitted = "task.submitted";
    public const string Continues = "task.continues";
    public const string Completed = "task.completed";
    public const string Failed = "task.failed";
    public const string Rejected = "task.rejected";
    public const string Canceled = "task.canceled";
    public const string Undoing = "task.undoing";
    public const string StepUndoing = "step.undoing";
    public const string Settled = "task.settled";
    public const string Shared = "task.shared";
    public const string Unshared = "task.unshared";
    public const string StepRequested = "step.requested";
    public const string StepStarted = "step.started";
    public const string StepLost = "step.lost";
    public const string StepCompleted = "step.completed";
    public const string StepFailed = "step.failed";
    public const string StepReused = "step.reused";
    public const string StepCanceled = "step.canceled";
    public const string StepWaits = "step.waits";
    public const string StepAsked = "step.asked";
    public const string StepAnswered = "step.answered";
    public const string StepValueRecorded = "step.kept";
    public const string StepReserved = "step.reserved";
    public const string StepSuspended = "step.suspended";
    public const string StepOpened = "step.opened";
    public const string StepMade = "step.made";
    public const string StepSent = "step.sent";
    public const string StepListens = "step.listens";
    public const string StepReceived = "step.received";
    public const string StepScopeCanceled = "step.withdrawn";
    public const string StepTrimmed = "step.trimmed";
    public const string StepWrote = "step.wrote";
    public const string StepQueued = "step.queued";
    public const string StepAway = "step.away";
    public const string StepProgress = "step.progress";
    public const string StepOutput = "step.output";

    public static string Of(TaskEvent fact) => fact switch
    {
        TaskSubmitted => Submitted,
        TaskContinues => Continues,
        TaskCompleted => Completed,
        TaskFailed => Failed,
        TaskRejected => Rejected,
        TaskCanceled => Canceled,
        TaskSettled => Settled,
        TaskUndoing => Undoing,
        Tasks.StepUndoing => StepUndoing,
        TaskShared => Shared,
        TaskUnshared => Unshared,
        Tasks.StepRequested => StepRequested,
        Tasks.StepStarted => StepStarted,
        Tasks.StepLost => StepLost,
        Tasks.StepCompleted => StepCompleted,
        Tasks.StepFailed => StepFailed,
        Tasks.StepReused => StepReused,
        Tasks.StepCanceled => StepCanceled,
        Tasks.StepWaits => StepWaits,
        Tasks.StepAsked => StepAsked,
        Tasks.StepAnswered => StepAnswered,
        Tasks.StepValueRecorded => StepValueRecorded,
        Tasks.StepReserved => StepReserved,
        Tasks.StepSuspended => StepSuspended,
        Tasks.StepOpened => StepOpened,
        Tasks.StepMade => StepMade,
        Tasks.StepSent => StepSent,
        Tasks.StepListens => StepListens,
        Tasks.StepReceived => StepReceived,
        Tasks.StepScopeCanceled => StepScopeCanceled,
        Tasks.StepTrimmed => StepTrimmed,
        Tasks.StepWrote => StepWrote,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "An event without a name."),
    };
}
