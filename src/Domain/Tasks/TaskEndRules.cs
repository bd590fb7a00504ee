namespace Orkestron.Domain.Tasks;

/// <summary>
/// When and how a task ends: after its first step, by its owner, by its deadline, or once what was done is undone. Pure: events
/// to append, none when nothing changes.
/// </summary>
internal static class TaskEndRules
{
    /// <summary>How the task ends with what became of a step; null when it goes on.</summary>
    /// <param name="task">The task before.</param>
    /// <param name="step">The step before.</param>
    /// <param name="ended">The step's event.</param>
    public static TaskEvent? After(TaskRecord task, StepRecord step, TaskEvent ended) => (ended, step.Id) switch
    {
        (StepFailed { RetryAt: not null }, _) => null,
        (StepCompleted, 1) => new TaskCompleted(),
        (StepFailed failed, 1) when task.Undoing is null || step.Undoing is null => failed.Refused
            ? new TaskRejected(failed.Code) { Content = failed.Content }
            : new TaskFailed(failed.Code) { Content = failed.Content },
        (StepFailed failed, _) => AfterLast(task, step, step.Undoing is null ? null : TaskViews.TextOf(failed.Content)),
        (StepCompleted, _) => AfterLast(task, step, null),
        _ => null,
    };

    /// <summary>The owner cancels.</summary>
    public static IReadOnlyList<TaskEvent> Cancel(TaskRecord task, DateTimeOffset now, TaskOptions options) =>
        task.Undoing is not null ? []
        : Stopped(task, StepFailures.CanceledCode, UndoRules.Canceled, now, options) is { Count: > 0 } facts ? facts
        : [new TaskCanceled()];

    /// <summary>The deadline passed.</summary>
    public static IReadOnlyList<TaskEvent> Expire(TaskRecord task, DateTimeOffset now, TaskOptions options)
    {
        if (!task.Exists || task.Ended || now < task.Deadline)
        {
            return [];
        }

        return task.Undoing is { } undoing
            ? [Ending(undoing, $"{TaskViews.TextOf(undoing.Content)} Undoing what was done took too long and was given up.")]
            : Stopped(task, StepFailures.DeadlineCode, Late(task), now, options) is { Count: > 0 } facts ? facts
            : [new TaskFailed(StepFailures.DeadlineCode) { Content = StepFailures.Text(Late(task)) }];
    }

    /// <summary>The time that a step's plan gave itself has passed: what it called is stopped, and it fails or is undone.</summary>
    public static IReadOnlyList<TaskEvent> EndLate(TaskRecord task, StepRecord step, DateTimeOffset now, TaskOptions options)
    {
        var failure = StepFailures.Of(StepFailures.DeadlineCode, "The time limit of the plan has passed.");
        var end = new StepEnd
        {
            StepId = step.Id,
            Attempt = step.Attempt,
            Turn = step.Turn,
            StartedAt = step.StartedAt ?? now,
            EndedAt = now,
            Failure = failure,
        };
        var ending = StepEndRules.EndStep(task, end, now, options);
        return ending is [StepUndoing, ..] ? ending :
        [
            .. UndoRules.Stop(
                task, task.Steps.Where(each => each.Id != step.Id && task.IsUnder(each, step)), failure.Code, failure.Message),
            .. ending,
        ];
    }

    /// <summary>All is stopped, and what plans have done is undone first; none when there is nothing to undo.</summary>
    private static IReadOnlyList<TaskEvent> Stopped(
        TaskRecord task, string code, string message, DateTimeOffset now, TaskOptions options)
    {
        if (!task.CanUndo)
        {
            return [];
        }

        var facts = UndoRules.Stop(task, task.Steps, code, message, canceled: code == StepFailures.CanceledCode);
        return facts.Any(static fact => fact is StepUndoing) || UndoRules.GoesOn(task)
            ? [.. facts, new TaskUndoing(code, now + options.UndoTime) { Content = StepFailures.Text(message) }]
            : [];
    }

    /// <summary>The end of a task that waited for what is undone: with the last step that ends.</summary>
    private static TaskEvent? AfterLast(TaskRecord task, StepRecord ended, string? message) =>
        task.Undoing is { } undoing && !task.Steps.Exists(step => step.Id != ended.Id && step.Outstanding)
            ? Ending(undoing, message ?? TaskViews.TextOf(task.Step(1)!.FailureMessage) ?? TaskViews.TextOf(undoing.Content) ?? "")
            : null;

    private static TaskEvent Ending(TaskUndoing undoing, string message) => undoing.Code == StepFailures.CanceledCode
        ? new TaskCanceled { Content = StepFailures.Text(message) }
        : new TaskFailed(undoing.Code) { Content = StepFailures.Text(message) };

    private static string Late(TaskRecord task) =>
        "The deadline passed before the task ended." + (task.Submission!.WorkTime is { } time && task.WorkingSince is not null
            && task.Step(1)?.DeadlineAt is null
            ? $" One that is given none may work for {time.TotalMinutes:0.#} minutes."
            : "");
}
