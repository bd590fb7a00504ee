using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>What plans have done and can undo. Pure.</summary>
internal static class UndoRules
{
    /// <summary>What to say of a task that its owner cancelled.</summary>
    public const string Canceled = "Cancelled by you.";

    /// <summary>Whether a plan has done what it must undo when it is cut short.</summary>
    /// <param name="task">The task.</param>
    /// <param name="plan">The step that runs the plan.</param>
    /// <param name="canceled">Whether the owner cut it short: then a plan may leave what was done.</param>
    public static bool HasDone(TaskRecord task, StepRecord plan, bool canceled) => task.CanUndo
        && (HasReserved(plan, canceled) || task.CallsOf(plan.Id).Any(call => IsUndoable(task, call, canceled)));

    /// <summary>Whether plans within a call that is done have done what they can undo.</summary>
    public static bool IsUndoable(TaskRecord task, StepRecord call) =>
        task.CanUndo && call.State == StepState.Completed && HasDone(task, call, canceled: false);

    /// <summary>The plans within a call that must undo what they did, the last one to end first; none that lies in another one.</summary>
    public static IReadOnlyList<StepRecord> Plans(TaskRecord task, StepRecord call)
    {
        var plans = new List<StepRecord>();
        Add(call);
        return [.. plans.OrderByDescending(static plan => plan.EndedAt).ThenByDescending(static plan => plan.Id)];

        void Add(StepRecord step)
        {
            if (step.State != StepState.Completed || step.Request.UndoOf is not null)
            {
                return;
            }

            if (HasReserved(step, canceled: false) || task.CallsOf(step.Id).Any(static each => Is(each, canceled: false)))
            {
                plans.Add(step);
                return;
            }

            foreach (var each in task.CallsOf(step.Id))
            {
                Add(each);
            }
        }
    }

    /// <summary>Steps that go on are wanted no more: those with something to undo undo it, the others are cancelled.</summary>
    public static IReadOnlyList<TaskEvent> Stop(
        TaskRecord task, IEnumerable<StepRecord> steps, string code, string message, bool canceled = false) =>
    [
        .. steps.Where(step => step.Outstanding && !step.IsUndoing && !IsUnderUndo(task, step)).Select(step => (TaskEvent)(
            HasDone(task, step, canceled) || Undoes(task, step)
                ? new StepUndoing(step.Id, step.Attempt + 1, code) { Content = StepFailures.Text(message) }
                : new StepCanceled(step.Id))),
    ];

    /// <summary>Keeps money free to undo steps of a plan that are not one call; neither fact nor failure when it is kept.</summary>
    /// <param name="task">The task.</param>
    /// <param name="command">Who undoes what.</param>
    /// <param name="micro">What that may cost.</param>
    /// <param name="options">How much a task records.</param>
    public static (TaskEvent? Fact, StepFailure? Failure) Reserve(
        TaskRecord task, UndoReservation command, long micro, TaskOptions options)
    {
        if (HistoryRules.RefuseAt(task, command.StepId, command.Attempt, command.Key, HistoryKind.Reservation) is { } wrong)
        {
            return (null, wrong);
        }

        var step = task.Step(command.StepId)!;
        if (step.History.ContainsKey(command.Key))
        {
            return (null, null);
        }

        var rest = BudgetTree.RestMicro(task, step);
        return (Refuse(step, command.Key) ?? HistoryRules.TooMany(task, options), rest < micro) switch
        {
            ({ } refused, _) => (null, refused),
            (_, true) => (null, StepFailures.Of(
                BudgetTree.ExhaustedCode,
                $"Undoing what comes next may cost {new Tokens(micro)} tokens; step {step.Id} has {new Tokens(Math.Max(0, rest))} left of what it may spend.")),
            _ => (new StepReserved(step.Id, command.Key, micro, command.StaysOnCancel ? true : null), null),
        };
    }

    /// <summary>Whether something is being undone.</summary>
    public static bool GoesOn(TaskRecord task) =>
        task.Steps.Exists(step => step.Outstanding && (step.IsUndoing || IsUnderUndo(task, step)));

    /// <summary>Why a step that only undoes gets nothing else done; null when it goes on.</summary>
    public static StepFailure? Refuse(StepRecord step, string key) => UndoCommandIds.Has(key) || !step.IsUndoing ? null
        : step.Undoing is { } cut
            ? StepFailures.Of(cut.Code, TaskViews.TextOf(cut.Content) ?? Canceled)
            : StepFailures.Of("undoing", "What was done is undone.");

    /// <summary>How a plan's undoing ended: the reason that it was cut short, and what was undone.</summary>
    public static string MessageOf(StepUndoing cut, StepEnd end)
    {
        var why = TaskViews.TextOf(cut.Content) ?? Canceled;
        return (end, end.Failure) switch
        {
            ({ OwnFailure: true }, { } own) => own.Message,
            (_, { } broken) => $"{why} Undoing what was done failed: {broken.Message}",
            _ => $"{why} {Member(end.Output, "message")}".TrimEnd(),
        };
    }

    /// <summary>What several plans tell of their undoing, as one.</summary>
    public static Payload Together(IEnumerable<StepRecord> undone)
    {
        var (done, left) = (new List<JsonElement>(), new List<JsonElement>());
        foreach (var step in undone)
        {
            if (step.State == StepState.Completed && step.Output is { } told)
            {
                var json = JsonElement.Parse(told.Utf8);
                done.AddRange(Items(json, "undone"));
                left.AddRange(Items(json, "notUndone"));
            }
            else
            {
                left.Add(JsonSerializer.SerializeToElement(new
                {
                    id = step.Request.Agent,
                    reason = step.Failure?.Message ?? "It was called off.",
                }));
            }
        }

        return new Payload(JsonSerializer.SerializeToUtf8Bytes(new { undone = done, notUndone = left }));
    }

    private static bool IsUndoable(TaskRecord task, StepRecord call, bool canceled) =>
        Is(call, canceled) || (call.State == StepState.Completed && !UndoCommandIds.Has(call.Request.Call ?? "")
            && (HasReserved(call, canceled) || task.CallsOf(call.Id).Any(each => IsUndoable(task, each, canceled))));

    private static bool Is(StepRecord call, bool canceled) =>
        call is { State: StepState.Completed, Request: { UndoMicro: not null } request }
        && !(canceled && request.StaysOnCancel == true);

    /// <summary>Whether a plan keeps money free to undo steps that are not one call: it may have done them.</summary>
    private static bool HasReserved(StepRecord plan, bool canceled) => plan.History.Values.Any(entry =>
        entry.Kind == HistoryKind.Reservation && !(canceled && entry.StaysOnCancel));

    /// <summary>Whether a plan undoes something already, because it failed.</summary>
    private static bool Undoes(TaskRecord task, StepRecord plan) => task.CanUndo && task.Counts.OpenCallsOf(plan.Id) > 0
        && task.CallsOf(plan.Id).Any(static call => call.Outstanding && UndoCommandIds.Has(call.Request.Call!));

    private static bool IsUnderUndo(TaskRecord task, StepRecord step) => task.CanUndo && (UndoCommandIds.Has(step.Request.Call ?? "")
        || (step.Request.ParentId is { } parent && IsUnderUndo(task, task.Step(parent)!)));

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static string? Member(Payload? json, string name) =>
        json is not null && JsonElement.Parse(json.Utf8) is { ValueKind: JsonValueKind.Object } told
            && told.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    /// <summary>The step that undoes what a plan has done: the same plan again, at the caller's expense.</summary>
    public static StepRequested Begin(TaskRecord task, int callerId, string key, StepRecord plan) => new(
        task.Steps.Count + 1,
        callerId,
        key,
        plan.Request.Agent,
        plan.Request.AgentVersion,
        0,
        plan.Request.KeepsInside,
        plan.Request.Recipient,
        Math.Max(0, BudgetTree.RestMicro(task, task.Step(callerId)!, undoes: true)),
        UndoOf: plan.Request.UndoOf ?? plan.Id)
    { Content = plan.Id == 1 ? task.Input : plan.Request.Content };
}
