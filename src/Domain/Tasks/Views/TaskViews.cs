using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Orkestron.Domain.Tasks;

/// <summary>A task as its owner sees it: the fold and what is transient.</summary>
internal static class TaskViews
{
    public static TaskView Of(Guid id, TaskRecord task, long sequence, TaskLiveState pulse) => new()
    {
        Id = id,
        UserId = task.Submission!.UserId,
        Agent = task.Submission.Agent,
        AgentVersion = task.Submission.AgentVersion,
        State = task.State,
        StatusMessage = Message(task, pulse),
        FailureCode = task.FailureCode,
        Input = task.Input,
        DroppedMembers = StepTrimmed.Read(task.Step(1)?.Dropped),
        Steps = [.. task.Steps.Select(step => Step(step, pulse))],
        Result = task.State == TaskState.Completed ? task.Step(1)?.Output : null,
        Partial = task.Ended || pulse.Of(1) is not { Length: > 0 } writing ? null : writing.Text,
        Terms = task.Submission.Terms,
        HeldMicro = task.Submission.HeldMicro,
        ChargedMicro = task.Settlement?.ChargedMicro ?? 0,
        RefundedMicro = task.Settlement?.RefundedMicro ?? 0,
        Settled = task.Closed,
        Sequence = sequence,
        CreatedAt = task.CreatedAt,
        EndedAt = task.EndedAt,
        Deadline = task.Deadline,
        QueuePosition = task.Ended ? null : pulse.Of(1)?.QueuePosition,
        SharedUntil = task.Share?.ExpiresAt,
        WaitingFor = TaskWaits.Of(task, pulse),
        RetryOf = task.Continues is { } from ? new StepRef(from.TaskId, from.StepId) : null,
        Questions = Questions(task),
    };

    private static ImmutableArray<QuestionView> Questions(TaskRecord task)
    {
        if (task.Ended)
        {
            return [];
        }

        var outer = task.Submission!.Deadline;
        return
        [
            .. task.Steps.Where(static step => !step.Ended).SelectMany(step => step.History
                .Where(static each => each.Value.Asks)
                .Select(each => Question.View(step.Id, each.Key, each.Value))
                .OfType<QuestionView>()
                .Select(question => question with { AnswerBy = step.DeadlineAt < outer ? step.DeadlineAt : outer })),
        ];
    }

    /// <summary>The task for a holder of its share link: no owner, no running link, no other task.</summary>
    public static TaskView Shared(TaskView view) => view with
    {
        UserId = Guid.Empty,
        SharedUntil = null,
        Questions = [],
        RetryOf = null,
        Steps = [.. view.Steps.Select(static step => step.ReusedFrom is { } reused
            ? step with { ReusedFrom = reused with { TaskId = Guid.Empty } }
            : step)],
    };

    /// <summary>A JSON string's text.</summary>
    public static string? TextOf(Payload? json) => json is null ? null : JsonSerializer.Deserialize<string>(json.Utf8);

    private static StepView Step(StepRecord step, TaskLiveState pulse)
    {
        var now = step.Ended ? null : pulse.Of(step.Id);
        return new StepView
        {
            Id = step.Id,
            ParentId = step.Request.ParentId,
            Agent = step.Request.Agent,
            AgentVersion = step.Request.AgentVersion,
            State = step.State,
            Attempt = step.Number,
            RequestedAt = step.RequestedAt,
            StartedAt = step.StartedAt ?? now?.StartedAt,
            EndedAt = step.Ended ? step.EndedAt : null,
            PriceMicro = step.Request.PriceMicro,
            CostMicro = step.CostMicro,
            Percent = now?.Percent,
            Message = TextOf(step.FailureMessage) ?? now?.Message,
            FailureCode = step.FailureCode,
            RetryAt = step.RetryAt,
            Input = step.Content(),
            DroppedMembers = step.Id == 1 ? [] : StepTrimmed.Read(step.Dropped),
            Output = step.Id == 1 ? null : step.Output,
            Outputs = Outputs(step),
            KeepsInside = step.Request.KeepsInside,
            Recipient = step.Request.Recipient,
            Files = step.Opened.IsEmpty && step.Made.IsEmpty ? [] :
            [
                .. step.Opened.Select(static file => new StepFile(file.Key, false, file.Value))
                    .Concat(step.Made.Select(static file => new StepFile(file.Key, true, file.Value)))
                    .OrderBy(static file => file.At),
            ],
            Key = step.Request.Call,
            ReusedFrom = step.Reused is { } reused ? new StepRef(reused.TaskId, reused.SourceStep) : null,
            Runs = step.Runs,
            WaitingFor = TaskWaits.Of(step, now),
            History = step.History.IsEmpty
                ? []
                : [.. step.History.Select(static each => Entry(each.Key, each.Value)).OrderBy(static entry => entry.Key, CommandIds.Order)],
        };
    }

    private static ImmutableArray<AttemptOutput> Outputs(StepRecord step) =>
    [
        .. from wrote in step.Written
           let text = TextOf(wrote.Content)
           where text is not null
           select new AttemptOutput(wrote.Number, text, text.Length == wrote.Characters),
    ];

    private static HistoryEntryView Entry(string key, HistoryEntry entry) => new(
        key,
        entry.Kind,
        entry.At,
        entry.Kind switch
        {
            HistoryKind.Timer => entry.Until,
            HistoryKind.Question or HistoryKind.Message => entry.AnsweredAt,
            _ => entry.At,
        },
        entry.Reused)
    { DroppedMembers = StepTrimmed.Read(entry.Dropped) };

    private static Payload? Content(this StepRecord step) => step.Id == 1 ? null : step.Request.Content;

    private static string? Message(TaskRecord task, TaskLiveState pulse) => task.State switch
    {
        TaskState.Completed => "Completed.",
        TaskState.Canceled => TextOf(task.FailureMessage) ?? UndoRules.Canceled,
        _ when task.Undoing is { } undoing => $"{TextOf(undoing.Content)} What was done is being undone.",
        TaskState.Failed or TaskState.Rejected => TextOf(task.FailureMessage),
        TaskState.InputRequired => "Waiting for your answer.",
        _ when pulse.Of(1) is { Away: true } away => away.LastSeenAt is { } seen
            ? string.Create(
                CultureInfo.InvariantCulture, $"Waiting for its provider, last seen {seen.UtcDateTime:d MMM yyyy, HH:mm} UTC.")
            : "Waiting for its provider, which has not been connected yet.",
        _ when pulse.Of(1)?.QueuePosition is { } position => $"Waiting in the agent's queue, position {position}.",
        _ => pulse.Of(1)?.Message,
    };
}
