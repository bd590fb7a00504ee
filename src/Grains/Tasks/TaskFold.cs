using Orkestron.Contracts.Orchestration;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Orchestration;

namespace Orkestron.Grains.Tasks;

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
        StepUndoing fact => Change(task, fact.StepId, step => Undoing(step, fact, recorded.At)),
        StepRequested fact => task.Add(new StepRecord(fact, recorded.At, recorded.Version)),
        StepStarted fact => Change(task, fact.StepId, step => step with
        {
            State = StepState.Working,
            Runs = StepRuns.Begin(step.Runs, fact.StartedAt, fact.Number ?? fact.Attempt),
            StartedAt = fact.StartedAt,
            EndedAt = null,
            RetryAt = null,
            WakeAt = null,
        }) with
        { State = task.State == TaskState.InputRequired ? task.State : TaskState.Working },
        StepLost fact => Change(task, fact.StepId, step => step with
        {
            State = StepState.Requested,
            Lost = step.Lost + 1,
            Runs = StepRuns.End(step.Runs, fact.StartedAt, fact.EndedAt, fact.Number ?? fact.Attempt, fact.Reason),
            StartedAt = null,
            EndedAt = null,
            RetryAt = null,
            WakeAt = null,
        }),
        StepCompleted fact => Change(task, fact.StepId, step => step with
        {
            State = StepState.Completed,
            Runs = StepRuns.End(step.Runs, fact.StartedAt, fact.EndedAt, fact.Number ?? fact.Attempt, null),
            StartedAt = fact.StartedAt,
            EndedAt = fact.EndedAt,
            CostMicro = fact.CostMicro,
            RetryAt = null,
            WakeAt = null,
            Output = fact.Content,
        }),
        StepFailed fact => Change(task, fact.StepId, step => Failed(step, fact)),
        StepReused fact => Change(task, fact.StepId, step => Reused(step, fact, recorded.At)),
        StepCanceled fact => Change(task, fact.StepId, step => step.Ended ? step : Canceled(step, recorded.At)),
        StepWaits or StepAsked or StepAnswered or StepKept or StepReserved or StepSuspended or StepSent or StepListens or StepReceived
            or StepWithdrawn or StepTrimmed { Key: not null } => MarkFold.Apply(task, recorded),
        StepOpened fact => Change(task, fact.StepId, step => step with { Opened = step.Opened.SetItem(fact.ArtifactId, recorded.At) }),
        StepMade fact => Change(task, fact.StepId, step => step with { Made = step.Made.SetItem(fact.ArtifactId, recorded.At) }),
        StepWrote fact => Change(task, fact.StepId, step => step with { Written = step.Written.Add(fact) }),
        StepTrimmed fact => Change(task, fact.StepId, step => step with { Trimmed = true, Dropped = fact.Content }),
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

    private static StepRecord Failed(StepRecord step, StepFailed fact) => step with
    {
        State = fact.RetryAt is null ? StepState.Failed : StepState.Retrying,
        Attempt = fact.RetryAt is null ? step.Attempt : step.Attempt + 1,
        Turn = fact.RetryAt is null ? step.Turn : 0,
        WakeAt = null,
        Runs = StepRuns.End(step.Runs, fact.StartedAt, fact.EndedAt, fact.Number ?? fact.Attempt, fact.Code),
        StartedAt = fact.StartedAt,
        EndedAt = fact.EndedAt,
        FailureCode = fact.Code,
        Refused = fact.Refused,
        FailureMessage = fact.Content,
        RetryAt = fact.RetryAt,
    };

    // What it waits for is wanted no more, but for what undoes something.
    private static StepRecord Undoing(StepRecord step, StepUndoing fact, DateTimeOffset at) => step with
    {
        State = StepState.Waiting,
        Undoing = fact,
        Attempt = fact.Attempt,
        Turn = 0,
        DeadlineAt = null,
        Runs = StepRuns.Close(step.Runs, at),
        LastTurnAt = at,
        News = false,
        RetryAt = null,
        WakeAt = at,
        Marks = step.Marks.SetItems(step.Marks
            .Where(static each => !UndoPlaces.Has(each.Key))
            .Select(each => KeyValuePair.Create(each.Key, each.Value with { WithdrawnAt = each.Value.WithdrawnAt ?? at }))),
    };

    private static TaskRecord End(TaskRecord task, Recorded<TaskEvent> recorded, TaskState state) => task with
    {
        State = state,
        EndedAt = recorded.At,
        Steps = task.Steps.ConvertAll(step => step.Ended ? step : Canceled(step, recorded.At)),
        Counts = task.Counts.End(),
    };

    private static StepRecord Canceled(StepRecord step, DateTimeOffset at) => step with
    {
        State = StepState.Canceled,
        Runs = StepRuns.Close(step.Runs, at),
        EndedAt = at,
        RetryAt = null,
        WakeAt = null,
    };

    private static StepRecord Reused(StepRecord step, StepReused fact, DateTimeOffset at) => step with
    {
        State = fact.FailureCode is null ? StepState.Completed : StepState.Failed,
        Reused = fact,
        StartedAt = at,
        EndedAt = at,
        Output = fact.FailureCode is null ? fact.Content : null,
        FailureCode = fact.FailureCode,
        Refused = fact.Refused,
        FailureMessage = fact.FailureCode is null ? null : fact.Content,
    };

    public static TaskRecord Change(TaskRecord task, int stepId, Func<StepRecord, StepRecord> change) =>
        task.Step(stepId) is { } step ? task.With(change(step)) : task;
}
