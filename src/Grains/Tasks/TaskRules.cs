using System.Text.Json;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Providers;
using Orkestron.Grains.Orchestration;

namespace Orkestron.Grains.Tasks;

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

        var failure = end.Failure ?? AskedRules.Lacking(task, step, end.Asked);
        if (failure is null)
        {
            var completed = new StepCompleted(
                step.Id, end.Attempt, end.StartedAt, end.EndedAt, step.Request.PriceMicro)
            { Content = end.Output };
            return step.Id == 1 ? [completed, new TaskCompleted()] : [completed];
        }

        var retryAt = RetryAt(task, step, failure, now, options);
        var message = Text(failure.Message);
        var failed = new StepFailed(
            step.Id, end.Attempt, end.StartedAt, end.EndedAt, failure.Code, failure.Refused, retryAt)
        { Content = message };
        if (step.Id != 1 || retryAt is not null)
        {
            return [failed];
        }

        return failure.Refused
            ? [failed, new TaskRejected(failure.Code) { Content = message }]
            : [failed, new TaskFailed(failure.Code) { Content = message }];
    }

    /// <summary>The deadline passed.</summary>
    public static IReadOnlyList<TaskEvent> Expire(TaskRecord task, DateTimeOffset now) =>
        task.Exists && !task.Ended && now >= task.Submission!.Deadline
            ? [new TaskFailed(DeadlineCode) { Content = Text("The deadline passed before the task ended.") }]
            : [];

    /// <summary>Whether an agent may call another one; null when it may.</summary>
    public static StepFailure? RefuseCall(TaskRecord task, StepRecord caller, TaskOptions options)
    {
        if (task.DepthOf(caller) >= options.MaxDepth)
        {
            return Failure("call_too_deep", $"Agents may call agents at most {options.MaxDepth} deep.");
        }

        if (task.Steps.Count >= options.MaxSteps)
        {
            return Failure("too_many_steps", $"A task has at most {options.MaxSteps} steps.");
        }

        return task.Steps.Count(step => step.Request.ParentId == caller.Id && !step.Ended) >= options.MaxFanOut
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
        return at < task.Submission!.Deadline ? at : null;
    }
}
