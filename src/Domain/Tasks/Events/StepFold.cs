using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>Folds events into the step that they are about. Pure.</summary>
internal static class StepFold
{
    public static StepRecord Apply(StepRecord step, Recorded<TaskEvent> recorded) => recorded.Event switch
    {
        StepStarted fact => Started(step, fact),
        StepLost fact => Lost(step, fact),
        StepCompleted fact => Completed(step, fact),
        StepFailed fact => Failed(step, fact),
        StepUndoing fact => Undoing(step, fact, recorded.At),
        StepReused fact => Reused(step, fact, recorded.At),
        StepCanceled => Canceled(step, recorded.At),
        StepOpened fact => step with { Opened = step.Opened.SetItem(fact.ArtifactId, recorded.At) },
        StepMade fact => step with { Made = step.Made.SetItem(fact.ArtifactId, recorded.At) },
        StepWrote fact => step with { Written = step.Written.Add(fact) },
        StepTrimmed fact => step with { Trimmed = true, Dropped = fact.Content },
        _ => step,
    };

    /// <summary>A step that has not ended is wanted no more.</summary>
    public static StepRecord Canceled(StepRecord step, DateTimeOffset at) => step.Ended ? step : step with
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

    private static StepRecord Started(StepRecord step, StepStarted fact) => step with
    {
        State = StepState.Working,
        Runs = StepRuns.Begin(step.Runs, fact.StartedAt, fact.Number ?? fact.Attempt),
        StartedAt = fact.StartedAt,
        EndedAt = null,
        RetryAt = null,
        WakeAt = null,
    };

    private static StepRecord Lost(StepRecord step, StepLost fact) => step with
    {
        State = StepState.Requested,
        Lost = step.Lost + 1,
        Runs = StepRuns.End(step.Runs, fact.StartedAt, fact.EndedAt, fact.Number ?? fact.Attempt, fact.Reason),
        StartedAt = null,
        EndedAt = null,
        RetryAt = null,
        WakeAt = null,
    };

    private static StepRecord Completed(StepRecord step, StepCompleted fact) => step with
    {
        State = StepState.Completed,
        Runs = StepRuns.End(step.Runs, fact.StartedAt, fact.EndedAt, fact.Number ?? fact.Attempt, null),
        StartedAt = fact.StartedAt,
        EndedAt = fact.EndedAt,
        CostMicro = fact.CostMicro,
        RetryAt = null,
        WakeAt = null,
        Output = fact.Content,
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
        History = step.History.SetItems(step.History
            .Where(static each => !UndoCommandIds.Has(each.Key))
            .Select(each => KeyValuePair.Create(each.Key, each.Value with { CanceledAt = each.Value.CanceledAt ?? at }))),
    };
}
