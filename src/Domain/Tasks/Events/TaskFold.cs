using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>Folds events into a task. Pure.</summary>
internal static class TaskFold
{
    public static EventKind<TaskRecord, TaskEvent> Kind { get; } = new()
    {
        Prefix = "task/",
        EventJson = TaskJson.Default.TaskEvent,
        TypeOf = TaskEventNames.Of,
        Initial = TaskRecord.None,
        Apply = Apply,
        ContentOf = static fact => fact.Content,
        WithContent = static (fact, content) => fact with { Content = content },
        SubjectOf = static (task, fact) => (fact as TaskSubmitted)?.UserId ?? task.Submission!.UserId,
        KeepRecent = 512,
    };

    public static TaskRecord Apply(TaskRecord task, Recorded<TaskEvent> recorded)
    {
        var changed = WorkTime.Count(Woken(Fact(TaskBytes.Count(task, recorded), recorded), recorded), recorded);
        // Answered, or asked by a step that has ended: there is nothing to wait for any more.
        return changed.State == TaskState.InputRequired && !changed.Asks ? changed with { State = TaskState.Working } : changed;
    }

    /// <summary>Who waits for a call goes on when the call has ended.</summary>
    private static TaskRecord Woken(TaskRecord task, Recorded<TaskEvent> recorded)
    {
        var ended = recorded.Event switch
        {
            StepCompleted fact => fact.StepId,
            StepFailed { RetryAt: null } fact => fact.StepId,
            StepCanceled fact => fact.StepId,
            _ => 0,
        };
        if (task.Step(ended) is not { Request.ParentId: { } parent } call || task.Step(parent) is not { } caller)
        {
            return task;
        }

        // A run of the caller that goes on may have seen the call wait; one that did not end to wait, it waits for itself.
        var news = caller.News || call.Turn > 0;
        var waits = caller.State == StepState.Waiting;
        return waits || news != caller.News
            ? task.With(caller with { WakeAt = waits ? recorded.At : caller.WakeAt, News = news })
            : task;
    }

    private static TaskRecord Fact(TaskRecord task, Recorded<TaskEvent> recorded) => recorded.Event switch
    {
        TaskSubmitted fact => task with { Submission = fact, Input = fact.Content, CreatedAt = recorded.At },
        TaskContinues fact => task with { Continues = fact },
        TaskUndoing fact => task with { Undoing = fact },
        StepRequested fact => task.Add(new StepRecord(fact, recorded.At, recorded.Version)),
        StepWaits or StepAsked or StepAnswered or StepValueRecorded
            or StepReserved or StepSuspended or StepSent or StepListens or StepReceived
            or StepScopeCanceled or StepTrimmed { Key: not null } => HistoryFold.Apply(task, recorded),
        StepStarted fact => Step(task, fact.StepId, recorded) with
        {
            State = task.State == TaskState.InputRequired ? task.State : TaskState.Working,
        },
        StepUndoing { StepId: var id } => Step(task, id, recorded),
        StepLost { StepId: var id } => Step(task, id, recorded),
        StepCompleted { StepId: var id } => Step(task, id, recorded),
        StepFailed { StepId: var id } => Step(task, id, recorded),
        StepReused { StepId: var id } => Step(task, id, recorded),
        StepCanceled { StepId: var id } => Step(task, id, recorded),
        StepOpened { StepId: var id } => Step(task, id, recorded),
        StepMade { StepId: var id } => Step(task, id, recorded),
        StepWrote { StepId: var id } => Step(task, id, recorded),
        StepTrimmed { StepId: var id } => Step(task, id, recorded),
        TaskCompleted => End(task, recorded, TaskState.Completed),
        TaskFailed fact => End(task, recorded, TaskState.Failed) with
        {
            FailureCode = fact.Code,
            FailureMessage = fact.Content,
        },
        TaskRejected fact => End(task, recorded, TaskState.Rejected) with
        {
            FailureCode = fact.Code,
            FailureMessage = fact.Content,
        },
        TaskCanceled fact => End(task, recorded, TaskState.Canceled) with { FailureMessage = fact.Content },
        TaskSettled fact => task with { Settlement = fact },
        TaskShared fact => task with { Share = fact },
        TaskUnshared => task with { Share = null },
        _ => task,
    };

    private static TaskRecord Step(TaskRecord task, int stepId, Recorded<TaskEvent> recorded) =>
        task.Step(stepId) is { } step ? task.With(StepFold.Apply(step, recorded)) : task;

    private static TaskRecord End(TaskRecord task, Recorded<TaskEvent> recorded, TaskState state) => task with
    {
        State = state,
        EndedAt = recorded.At,
        Steps = task.Steps.TrueForAll(static step => step.Ended) ? task.Steps : Canceled(task.Steps, recorded.At),
        Counts = task.Counts.End(),
    };

    private static ImmutableList<StepRecord> Canceled(ImmutableList<StepRecord> steps, DateTimeOffset at) =>
        steps.ConvertAll(step => StepFold.Canceled(step, at));

    public static TaskRecord Change(TaskRecord task, int stepId, Func<StepRecord, StepRecord> change) =>
        task.Step(stepId) is { } step ? task.With(change(step)) : task;
}
