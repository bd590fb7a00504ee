namespace Orkestron.Domain.Tasks;

/// <summary>What follows from the end of a step's attempt. Pure: events to append, none when nothing changes.</summary>
internal static class StepEndRules
{
    /// <summary>The events of an attempt's end, and of the task's where that follows; none when nothing changes.</summary>
    public static IReadOnlyList<TaskEvent> EndStep(TaskRecord task, StepEnd end, DateTimeOffset now, TaskOptions options)
    {
        if (!task.Exists || task.Ended || task.Step(end.StepId) is not { Outstanding: true } step
            || step.Attempt != end.Attempt || step.Turn != end.Turn)
        {
            return [];
        }

        if (end.Suspended)
        {
            return [new StepSuspended(step.Id, step.Attempt, step.Turn)];
        }

        if (RunRules.LostBefore(step, end, options) is { } lost)
        {
            return [lost, .. WithTask(task, step, Ended(task, step, end, step.Number + 1, now, options))];
        }

        return WithTask(task, step, Ended(task, step, end, RunRules.NumberOf(step, end.StartedAt), now, options));
    }

    /// <summary>What the end of a step comes to for its task is decided by itself, so that a stage may stand between.</summary>
    private static IReadOnlyList<TaskEvent> WithTask(TaskRecord task, StepRecord step, IReadOnlyList<TaskEvent> ended) =>
        TaskEndRules.After(task, step, ended[0]) is { } end ? [.. ended, end] : ended;

    private static IReadOnlyList<TaskEvent> Ended(
        TaskRecord task, StepRecord step, StepEnd end, int? number, DateTimeOffset now, TaskOptions options)
    {
        var failure = end.Failure ?? (step.IsUndoing ? null : DeterminismRules.MissingCommand(task, step, end.Asked))
            ?? TaskBytes.Refuse(task, end.Output?.Length ?? 0, options, step.IsUndoing);
        if (step.Undoing is { } cut && (failure is null || RetryAt(task, step, failure, now, options) is null))
        {
            // A plan that was cut short has undone what it did, or could not.
            return
            [
                new StepFailed(step.Id, end.Attempt, end.StartedAt, end.EndedAt, cut.Code, false, null, step.ReportedAttempt)
                {
                    Content = StepFailures.Text(StepFailure.Cut(UndoRules.MessageOf(cut, end))),
                },
            ];
        }

        if (failure is not null && !end.OwnFailure && !step.IsUndoing && RetryAt(task, step, failure, now, options) is null
            && UndoRules.HasDone(task, step, canceled: false))
        {
            // Its code was cut short: it runs once more, to undo what it has done.
            return
            [
                new StepUndoing(step.Id, step.Attempt + 1, failure.Code) { Content = StepFailures.Text(failure.Message) },
                .. UndoRules.Stop(
                    task, task.Steps.Where(each => each.Id != step.Id && task.IsUnder(each, step)), failure.Code, failure.Message),
            ];
        }

        if (failure is null)
        {
            return
            [
                new StepCompleted(
                    step.Id,
                    end.Attempt,
                    end.StartedAt,
                    end.EndedAt,
                    step.Request.PriceMicro,
                    number) { Content = end.Output },
            ];
        }

        return
        [
            new StepFailed(
                step.Id, end.Attempt, end.StartedAt, end.EndedAt, failure.Code, failure.Refused,
                RetryAt(task, step, failure, now, options), number)
            { Content = StepFailures.Text(failure.Message) },
        ];
    }

    private static DateTimeOffset? RetryAt(
        TaskRecord task, StepRecord step, StepFailure failure, DateTimeOffset now, TaskOptions options)
    {
        if (!failure.Retryable || failure.Refused
            || step.Attempt >= Math.Min(task.Submission!.Terms?.MaxAttempts ?? options.MaxAttempts, options.MaxAttempts))
        {
            return null;
        }

        var backoff = options.RetryDelay * Math.Pow(2, Math.Min(step.Attempt - 1, 20));
        var wait = failure.RetryAfter ?? (backoff < options.MaxRetryDelay ? backoff : options.MaxRetryDelay);
        var at = now + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        return at < task.Deadline ? at : null;
    }
}
