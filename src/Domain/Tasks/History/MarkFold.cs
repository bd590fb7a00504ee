using Orkestron.Workflow;


namespace Orkestron.Domain.Tasks;

/// <summary>Folds what steps record beside calls. Pure.</summary>
internal static class MarkFold
{
    public static TaskRecord Apply(TaskRecord task, Recorded<TaskEvent> recorded)
    {
        var (at, version) = (recorded.At, recorded.Version);
        return recorded.Event switch
        {
            StepWaits { Key: StepMark.DeadlineKey } fact => Mark(
                TaskFold.Change(task, fact.StepId, step => step with { DeadlineAt = fact.Until }),
                fact.StepId,
                fact.Key,
                new StepMark(MarkKind.Timer, at, fact.Until, null, version)),
            StepWaits fact => Mark(task, fact.StepId, fact.Key, new StepMark(MarkKind.Timer, at, fact.Until, null, version)
            {
                Reused = fact.Reused ?? false,
            }),
            StepAsked fact => Mark(task, fact.StepId, fact.Key, new StepMark(MarkKind.Question, at, null, fact.Content, version)
            {
                Reused = fact.Reused ?? false,
            }) with
            {
                State = TaskState.InputRequired,
            },
            StepKept fact => Mark(task, fact.StepId, fact.Key, new StepMark(MarkKind.Value, fact.At ?? at, null, fact.Content, version)
            {
                Reused = fact.Reused ?? false,
            }),
            StepReserved fact => Mark(task, fact.StepId, fact.Key, new StepMark(MarkKind.Reservation, at, null, null, version)
            {
                UndoMicro = fact.UndoMicro,
                StaysOnCancel = fact.StaysOnCancel ?? false,
            }) with
            {
                CanUndo = true,
            },
            StepAnswered fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                Marks = step.Marks.SetItem(
                    fact.Key, step.Marks[fact.Key] with { Answer = fact.Content, AnsweredAt = at }),
                WakeAt = step.State == StepState.Waiting ? at : null,
                News = true,
            }),
            StepTrimmed { Key: { } key } fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                Marks = step.Marks.SetItem(key, step.Marks[key] with { Dropped = fact.Content }),
            }),
            StepSent fact => Mark(task, fact.StepId, fact.Key, new StepMark(MarkKind.Sent, at, null, null, version)) with
            {
                Messages = task.Messages.Add(new StepMessage(fact, at)),
            },
            StepListens fact => Mark(
                task, fact.StepId, fact.Key, new StepMark(MarkKind.Message, at, null, null, version) { Listens = fact.MessageType }),
            StepReceived fact => Received(task, fact, at),
            StepWithdrawn fact => TaskFold.Change(task, fact.StepId, step => step with
            {
                Withdrawn = step.Withdrawn.Add(fact.Prefix),
                Marks = step.Marks.SetItems(step.Marks
                    .Where(each => each.Key.StartsWith(fact.Prefix, StringComparison.Ordinal) && !UndoPlaces.Has(each.Key))
                    .Select(each => KeyValuePair.Create(each.Key, each.Value with { WithdrawnAt = each.Value.WithdrawnAt ?? at }))),
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
            Marks = step.Marks.SetItem(fact.Key, step.Marks[fact.Key] with { MessageId = fact.MessageId, AnsweredAt = at }),
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
        var open = step.Marks.Values.Any(static mark => mark.Open)
            || task.Counts.OpenCallsOf(step.Id) > 0;
        var next = step.Marks
            .Where(mark => mark.Key != StepMark.DeadlineKey && !mark.Value.Withdrawn && mark.Value.Until > step.LastTurnAt)
            .Min(static mark => mark.Value.Until);
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

    private static TaskRecord Mark(TaskRecord task, int stepId, string key, StepMark mark) =>
        TaskFold.Change(task, stepId, step => step with { Marks = step.Marks.SetItem(key, mark) });
}
