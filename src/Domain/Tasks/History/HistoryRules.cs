using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>What follows from a step's asking for something to be recorded. Pure.</summary>
internal static class HistoryRules
{
    /// <summary>Another agent, input or kind stands at the place than the code asks for.</summary>
    public const string MismatchCode = "nondeterministic";

    /// <summary>Asked for in a branch that lost its race.</summary>
    public static StepFailure ScopeCanceled { get; } = StepFailures.Of("call_withdrawn", "Another branch of the race has won.");

    public static (TaskEvent? Fact, StepFailure? Failure) Decide(
        TaskRecord task, HistoryRequest request, DateTimeOffset now, TaskOptions options)
    {
        if (RefuseAt(task, request.StepId, request.Attempt, request.Key, request.Kind) is { } refused)
        {
            return (null, refused);
        }

        var step = task.Step(request.StepId)!;
        if (step.History.ContainsKey(request.Key) || request is { Kind: HistoryKind.Value, Content: null })
        {
            return (null, null);
        }

        if (UndoRules.Refuse(step, request.Key) is { } over)
        {
            return (null, over);
        }

        if (TooMany(task, options) is { } many)
        {
            return (null, many);
        }

        if (request.Content is { } content && content.Length > options.MaxMarkBytes)
        {
            return (null, StepFailures.Of("record_too_large", $"A question or a value has at most {options.MaxMarkBytes:N0} bytes."));
        }

        if (TaskBytes.Refuse(task, request.Content?.Length ?? 0, options, UndoCommandIds.Has(request.Key)) is { } full)
        {
            return (null, full);
        }

        return request.Kind switch
        {
            HistoryKind.Timer when request.Key != HistoryEntry.DeadlineKey && request.Delay > task.Submission!.Deadline - now =>
                (null, StepFailures.Of(
                "wait_too_long", $"The wait would end after the task's deadline, {task.Submission.Deadline:u}.")),
            HistoryKind.Timer => (new StepWaits(step.Id, request.Key, now + Positive(request.Delay)), null),
            HistoryKind.Question when Question.Fault(request.Content) is { } fault => (null, StepFailures.Of("question_invalid", fault)),
            HistoryKind.Question => (new StepAsked(step.Id, request.Key) { Content = request.Content }, null),
            _ => (new StepValueRecorded(step.Id, request.Key) { Content = request.Content }, null),
        };
    }

    /// <summary>Why nothing may be recorded or looked at in a place; null when it may, or is recorded already.</summary>
    public static StepFailure? RefuseAt(TaskRecord task, int stepId, int? attempt, string key, HistoryKind kind)
    {
        if (task.Ended || task.Step(stepId) is not { } step || !step.IsAt(attempt))
        {
            return StepFailures.StepEnded;
        }

        if (!IsKey(key))
        {
            return StepFailures.Of("invalid", "A place is named by numbers and dots, at most 200 characters.");
        }

        if (step.History.TryGetValue(key, out var known))
        {
            return known.Kind != kind ? Mismatch(key, Word(known.Kind), Word(kind))
                : known.WasOver ? null : UndoRules.Refuse(step, key) ?? ScopeCanceled;
        }

        if (task.Child(step.Id, key) is { } child)
        {
            return Mismatch(key, $"a call of {child.Request.Agent}", Word(kind));
        }

        return step.IsScopeCanceled(key) && !UndoCommandIds.Has(key) ? ScopeCanceled : null;
    }

    /// <summary>
    /// Cancels what a step asked for under a prefix of keys and what has not ended. What it asks for there later is not done.
    /// </summary>
    public static IReadOnlyList<TaskEvent> CancelScope(TaskRecord task, int stepId, string keyPrefix, TaskOptions options)
    {
        if (task.Ended || task.Step(stepId) is not { Ended: false } caller || caller.CanceledScopes.Contains(keyPrefix)
            || !IsKey(keyPrefix))
        {
            return [];
        }

        var unwanted = task.CallsOf(stepId).Where(step => !step.Ended
            && step.Request.Call!.StartsWith(keyPrefix, StringComparison.Ordinal) && !UndoCommandIds.Has(step.Request.Call)).ToArray();
        // What is still on its way comes too late; what they called in turn is wanted no more either.
        return
        [
            .. task.Steps.Sum(static step => step.CanceledScopes.Count) < options.MaxMarks
                ? [new StepScopeCanceled(stepId, keyPrefix)]
                : Array.Empty<TaskEvent>(),
            .. UndoRules.Stop(
                task,
                task.Steps.Where(step => unwanted.Any(parent => task.IsUnder(step, parent))),
                ScopeCanceled.Code,
                ScopeCanceled.Message),
        ];
    }

    /// <summary>Whether a task has recorded all it may; null when it has not.</summary>
    public static StepFailure? TooMany(TaskRecord task, TaskOptions options) =>
        task.Counts.History >= options.MaxMarks
            ? StepFailures.Of(
                "too_many_records", $"A task records at most {options.MaxMarks} waits, questions, values and messages.")
            : null;

    /// <summary>What the code asks for, or does not ask for any more, is not what is recorded.</summary>
    /// <param name="key">The place.</param>
    /// <param name="recorded">What stands there.</param>
    /// <param name="asked">What the code asks for there; null when it came to its end without asking.</param>
    public static StepFailure Mismatch(string key, string recorded, string? asked) => StepFailures.Of(
        MismatchCode,
        $"At place {key} of the agent's code the task has recorded {recorded}; now the code "
        + (asked is null ? "came to its end without asking for it" : $"asks for {asked}") + ". An agent "
        + "that is run again must ask for the same things in the same order: use the context's Now, NewId and "
        + "SideEffectAsync for what differs from run to run, and publish changed code as a new version.");

    public static bool IsKey(string key) =>
        key.Length is > 0 and <= 200 && key.All(static each => each is '.' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    private static TimeSpan Positive(TimeSpan? delay) => delay is { } given && given > TimeSpan.Zero ? given : TimeSpan.Zero;

    public static string Word(HistoryKind kind) => kind switch
    {
        HistoryKind.Timer => "a wait",
        HistoryKind.Question => "a question",
        HistoryKind.Message => "the taking of a message",
        HistoryKind.Sent => "a message sent",
        HistoryKind.Reservation => "money kept free for undoing",
        _ => "a value",
    };
}
