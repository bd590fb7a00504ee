using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>Folds what steps record beside calls. Pure.</summary>
internal static class HistoryFold
{
    public static TaskRecord Apply(TaskRecord task, Recorded<TaskEvent> recorded)
    {
        var (at, version) = (recorded.At, recorded.Version);
        return recorded.Event switch
        {
            StepWaits { Key: HistoryEntry.DeadlineKey } fact => Entry(
                TaskFold.Change(task, fact.StepId, step => step with { DeadlineAt = fact.Until }),
                fact.StepId,
                fact.Key,
                new HistoryEntry(HistoryKind.Timer, at, fact.Until, null, version)),
            StepWaits fact => Entry(task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Timer, at, fact.Until, null, version)
            {
                Reused = fact.Reused ?? false,
            }),
            StepAsked fact => Entry(task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Question, at, null, fact.Content, version)
            {
                Reused = fact.Reused ?? false,
            }) with
            {
                State = TaskState.InputRequired,
            },
            StepValueRecorded fact =>
                Entry(task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Value, fact.At ?? at, null, fact.Content, version)
                {
                    Reused = fact.Reused ?? false,
                }),
            StepReserved fact => Entry(task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Reservation, at, null, null, version)
            {
                UndoMicro = fact.UndoMicro,
                StaysOnCancel = fact.StaysOnCancel ?? false,
            }) with
            {
                CanUndo = true,
            },
            StepAnswered fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                History = step.History.SetItem(
                    fact.Key, step.History[fact.Key] with { Answer = fact.Content, AnsweredAt = at }),
                WakeAt = step.State == StepState.Waiting ? at : null,
                News = true,
            }),
            StepTrimmed { Key: { } key } fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                History = step.History.SetItem(key, step.History[key] with { Dropped = fact.Content }),
            }),
            StepSent fact => Entry(task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Sent, at, null, null, version)) with
            {
                Messages = task.Messages.Add(new StepMessage(fact, at)),
            },
            StepListens fact => Entry(
                task, fact.StepId, fact.Key, new HistoryEntry(HistoryKind.Message, at, null, null, version) { Listens = fact.MessageType }),
            StepReceived fact => Received(task, fact, at),
            StepScopeCanceled fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                CanceledScopes = step.CanceledScopes.Add(fact.Prefix),
                History = step.History.SetItems(step.History
                    .Where(each => each.Key.StartsWith(fact.Prefix, StringComparison.Ordinal) && !UndoCommandIds.Has(each.Key))
                    .Select(each => KeyValuePair.Create(each.Key, each.Value with { CanceledAt = each.Value.CanceledAt ?? at }))),
            }),
            StepSuspended fact => TaskFold.Change(task, fact.StepId, step => Suspended(task, step, at)),
            _ => task,
        };
    }

    private static TaskRecord Received(TaskRecord task, StepReceived fact, DateTimeOffset at)
    {
        var place = task.Messages.FindIndex(message => message.Id == fact.MessageId);
        return TaskFold.Change(task, fact.StepId, step => step with
        {
            History = step.History.SetItem(fact.Key, step.History[fact.Key] with { MessageId = fact.MessageId, AnsweredAt = at }),
            WakeAt = step.State == StepState.Waiting ? at : null,
            News = true,
        }) with
        {
            Messages = task.Messages.SetItem(place, task.Messages[place] with { TakenBy = fact.StepId, TakenAt = at }),
        };
    }

    // It goes on at the first wait that was not over, or at once when an answer came while the run ended.
    private static StepRecord Suspended(TaskRecord task, StepRecord step, DateTimeOffset at)
    {
        var open = step.History.Values.Any(static entry => entry.Open)
            || task.Counts.OpenCallsOf(step.Id) > 0;
        var next = step.History
            .Where(entry => entry.Key != HistoryEntry.DeadlineKey && !entry.Value.Canceled && entry.Value.Until > step.LastTurnAt)
            .Min(static entry => entry.Value.Until);
        return step with
        {
            State = StepState.Waiting,
            Turn = step.Turn + 1,
            Runs = StepRuns.Close(step.Runs, at),
            LastTurnAt = at,
            News = false,
            WakeAt = step.News || (next is null && !open) ? at : next,
        };
    }

    private static TaskRecord Entry(TaskRecord task, int stepId, string key, HistoryEntry entry) =>
        TaskFold.Change(task, stepId, step => step with { History = step.History.SetItem(key, entry) });
}
