using System.Text.Json;
using Orkestron.Domain.Providers;

namespace Orkestron.Domain.Tasks;

/// <summary>What follows from what happens to a task. Pure: facts to append, none when nothing changes.</summary>
internal static class TaskRules
{
    public const string DeadlineCode = "deadline_passed";
    public const string CanceledCode = "task_canceled";

    /// <summary>Nothing is done for a step that has ended, nor for an attempt after which another one began.</summary>
    public static StepFailure StepEnded { get; } = Failure(CanceledCode, "The step has ended, or another attempt of it runs.");

    /// <summary>An attempt ended: the step's fact, and the task's when it was the root or nothing more can come.</summary>
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
            return [lost, .. Ended(task, step, end, step.Number + 1, now, options)];
        }

        return Ended(task, step, end, RunRules.NumberOf(step, end.StartedAt), now, options);
    }

    private static IReadOnlyList<TaskEvent> Ended(
        TaskRecord task, StepRecord step, StepEnd end, int? number, DateTimeOffset now, TaskOptions options)
    {
        var failure = end.Failure ?? (step.IsUndoing ? null : DeterminismRules.MissingCommand(task, step, end.Asked))
            ?? TaskBytes.Refuse(task, end.Output?.Length ?? 0, options, step.IsUndoing);
        if (step.Undoing is { } cut && (failure is null || RetryAt(task, step, failure, now, options) is null))
        {
            return Undone(task, step, cut, end);
        }

        if (failure is not null && !end.OwnFailure && !step.IsUndoing && RetryAt(task, step, failure, now, options) is null
            && UndoRules.HasDone(task, step, canceled: false))
        {
            // Its code was cut short: it runs once more, to undo what it has done.
            return
            [
                new StepUndoing(step.Id, step.Attempt + 1, failure.Code) { Content = Text(failure.Message) },
                .. UndoRules.Stop(
                    task, task.Steps.Where(each => each.Id != step.Id && task.IsUnder(each, step)), failure.Code, failure.Message),
            ];
        }

        if (failure is null)
        {
            var completed = new StepCompleted(
                step.Id, end.Attempt, end.StartedAt, end.EndedAt, step.Request.PriceMicro, number)
            { Content = end.Output };
            return step.Id == 1 ? [completed, new TaskCompleted()] : [completed, .. Last(task, step, null)];
        }

        var retryAt = RetryAt(task, step, failure, now, options);
        var message = Text(failure.Message);
        var failed = new StepFailed(
            step.Id, end.Attempt, end.StartedAt, end.EndedAt, failure.Code, failure.Refused, retryAt, number)
        { Content = message };
        if (step.Id != 1 || retryAt is not null)
        {
            return retryAt is null ? [failed, .. Last(task, step, null)] : [failed];
        }

        return failure.Refused
            ? [failed, new TaskRejected(failure.Code) { Content = message }]
            : [failed, new TaskFailed(failure.Code) { Content = message }];
    }

    /// <summary>The owner cancels.</summary>
    public static IReadOnlyList<TaskEvent> Cancel(TaskRecord task, DateTimeOffset now, TaskOptions options) =>
        task.Undoing is not null ? []
        : Stopped(task, CanceledCode, UndoRules.Canceled, now, options) is { Count: > 0 } facts ? facts
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
            : Stopped(task, DeadlineCode, Late(task), now, options) is { Count: > 0 } facts ? facts
            : [new TaskFailed(DeadlineCode) { Content = Text(Late(task)) }];
    }

    /// <summary>All is stopped, and what plans have done is undone first; none when there is nothing to undo.</summary>
    private static IReadOnlyList<TaskEvent> Stopped(
        TaskRecord task, string code, string message, DateTimeOffset now, TaskOptions options)
    {
        if (!task.CanUndo)
        {
            return [];
        }

        var facts = UndoRules.Stop(task, task.Steps, code, message, canceled: code == CanceledCode);
        return facts.Any(static fact => fact is StepUndoing) || UndoRules.GoesOn(task)
            ? [.. facts, new TaskUndoing(code, now + options.UndoTime) { Content = Text(message) }]
            : [];
    }

    /// <summary>A plan that was cut short has undone what it did, or could not.</summary>
    private static IReadOnlyList<TaskEvent> Undone(TaskRecord task, StepRecord step, StepUndoing cut, StepEnd end)
    {
        var told = StepFailure.Cut(UndoRules.Told(cut, end));
        var failed = new StepFailed(step.Id, end.Attempt, end.StartedAt, end.EndedAt, cut.Code, false, null, step.Told) { Content = Text(told) };
        return step.Id == 1 && task.Undoing is null
            ? [failed, new TaskFailed(cut.Code) { Content = Text(told) }]
            : [failed, .. Last(task, step, told)];
    }

    /// <summary>The end of a task that waited for what is undone: with the last step that ends.</summary>
    private static IReadOnlyList<TaskEvent> Last(TaskRecord task, StepRecord ended, string? told) =>
        task.Undoing is { } undoing && !task.Steps.Exists(step => step.Id != ended.Id && step.Outstanding)
            ? [Ending(undoing, told ?? TaskViews.TextOf(task.Step(1)!.FailureMessage) ?? TaskViews.TextOf(undoing.Content) ?? "")]
            : [];

    private static TaskEvent Ending(TaskUndoing undoing, string message) => undoing.Code == CanceledCode
        ? new TaskCanceled { Content = Text(message) }
        : new TaskFailed(undoing.Code) { Content = Text(message) };

    private static string Late(TaskRecord task) =>
        "The deadline passed before the task ended." + (task.Submission!.WorkTime is { } time && task.WorkingSince is not null
            && task.Step(1)?.DeadlineAt is null
            ? $" One that is given none may work for {time.TotalMinutes:0.#} minutes."
            : "");

    /// <summary>Whether an agent may call another one; null when it may.</summary>
    public static StepFailure? RefuseCall(TaskRecord task, StepRecord caller, TaskOptions options, bool undoes = false)
    {
        if (task.DepthOf(caller) >= options.MaxDepth)
        {
            return Failure("call_too_deep", $"Agents may call agents at most {options.MaxDepth} deep.");
        }

        // Whatever a task has done can be undone: that many steps more.
        if (task.Steps.Count >= (undoes ? 2 : 1) * options.MaxSteps)
        {
            return Failure("too_many_steps", $"A task has at most {options.MaxSteps} steps.");
        }

        return task.Counts.OpenCallsOf(caller.Id) >= options.MaxFanOut
            ? Failure("too_many_calls", $"A step may have at most {options.MaxFanOut} calls open at once.")
            : null;
    }

    /// <summary>
    /// By whose right a step calls other agents: that of the nearest provider above it, so that no provider reaches through a
    /// user's task what it could not reach by itself. Null where there are agents of the platform only, which do what the
    /// task's owner says: then by the owner's.
    /// </summary>
    public static string? CallsFor(TaskRecord task, StepRecord caller)
    {
        for (var step = caller; ; step = task.Step(step.Request.ParentId.Value)!)
        {
            var provider = step.Request.Agent[..step.Request.Agent.IndexOf('/', StringComparison.Ordinal)];
            if (!ProviderNames.IsReserved(provider))
            {
                return provider;
            }

            if (step.Request.ParentId is null)
            {
                return null;
            }
        }
    }

    public static StepFailure Failure(string code, string message) => new(code, message, false, false, null);

    /// <summary>A text as it is shown in a sentence.</summary>
    public static string Short(string text) => text.Length <= 100 ? text : text[..100];

    /// <summary>A text as JSON.</summary>
    public static Payload Text(string text) => new(JsonSerializer.SerializeToUtf8Bytes(text));

    private static DateTimeOffset? RetryAt(
        TaskRecord task, StepRecord step, StepFailure failure, DateTimeOffset now, TaskOptions options)
    {
        if (!failure.Retryable || failure.Refused || step.Attempt >= options.MaxAttempts)
        {
            return null;
        }

        var backoff = options.RetryDelay * Math.Pow(2, Math.Min(step.Attempt - 1, 20));
        var wait = failure.RetryAfter ?? (backoff < options.MaxRetryDelay ? backoff : options.MaxRetryDelay);
        var at = now + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        return at < task.Deadline ? at : null;
    }
}
