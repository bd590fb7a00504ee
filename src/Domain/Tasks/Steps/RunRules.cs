
namespace Orkestron.Domain.Tasks;

/// <summary>What follows from what is told of a step's runs. Pure: facts to append, none when nothing changes.</summary>
internal static class RunRules
{
    /// <summary>
    /// Whether a run was given answers, before they were durable, that were lost with the activation that gave them: what it
    /// made of them is no end of the step, and it is run again.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="end">The run's end.</param>
    /// <param name="activation">The activation that is asked: what it told itself, it knows.</param>
    public static bool SawLostAnswers(TaskRecord task, StepEnd end, string activation) =>
        !end.Suspended && !end.Early.IsDefaultOrEmpty && !task.Ended && end.Early.Any(early =>
            early.Activation != activation && early.Places.Any(place => task.Child(end.StepId, place) is not { Ended: true }));

    // Nodes of an earlier version read the clock twice for one beginning.
    private static readonly TimeSpan SameBeginning = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A run is told of that began. Where another one was under way, that one was lost with the node that watched it, unless
    /// its worker still has it.
    /// </summary>
    public static IReadOnlyList<TaskEvent> Begin(StepRecord step, StepReport report, TaskOptions options)
    {
        if (report.StartedAt is not { } startedAt || step.Runs.Any(run => run.StartedAt == startedAt))
        {
            return [];
        }

        if (step is { State: StepState.Working, Runs: [.., { EndedAt: null } open] })
        {
            return report.Continues || startedAt <= open.StartedAt || step.Lost >= options.MaxRecordedLosses
                ? []
                : [Lost(step, open.StartedAt, startedAt, StepLosses.WorkerLost),
                    new StepStarted(step.Id, step.Attempt, startedAt, step.Number + 1)];
        }

        return [new StepStarted(step.Id, step.Attempt, startedAt, step.ReportedAttempt)];
    }

    /// <summary>A run was lost or given back.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">Which run.</param>
    /// <param name="running">When the run began that is told of now; null for none.</param>
    /// <param name="options">The limits.</param>
    public static IReadOnlyList<TaskEvent> Lose(StepRecord? step, StepLoss loss, DateTimeOffset? running, TaskOptions options)
    {
        if (step is not { State: StepState.Requested or StepState.Working } || step.Attempt != loss.Attempt
            || step.Turn != loss.Turn || step.Lost >= options.MaxRecordedLosses
            || step.Runs.Any(run => run.StartedAt == loss.StartedAt && run.EndedAt is not null))
        {
            return [];
        }

        var lost = Lost(step, loss.StartedAt, loss.EndedAt, loss.Reason);
        // The next one may have told of itself before this came.
        return running is { } startedAt && startedAt > loss.StartedAt
            ? [lost, new StepStarted(step.Id, step.Attempt, startedAt, step.Number + 1)]
            : [lost];
    }

    /// <summary>The run that a node lost before the one that ended now; null for none.</summary>
    public static StepLost? LostBefore(StepRecord step, StepEnd end, TaskOptions options) =>
        step is { State: StepState.Working, Runs: [.., { EndedAt: null } open] } && !end.Continues
        && end.StartedAt - open.StartedAt > SameBeginning && step.Lost < options.MaxRecordedLosses
            ? Lost(step, open.StartedAt, end.StartedAt, StepLosses.WorkerLost)
            : null;

    /// <summary>The attempt that a run belongs to as people count it; null where that is the step's own count.</summary>
    public static int? NumberOf(StepRecord step, DateTimeOffset startedAt) =>
        step.Runs is [.., { Lost: true } lost] && startedAt < lost.EndedAt ? lost.Attempt : step.ReportedAttempt;

    private static StepLost Lost(StepRecord step, DateTimeOffset startedAt, DateTimeOffset endedAt, string reason) =>
        new(step.Id, step.Attempt, startedAt, endedAt < startedAt ? startedAt : endedAt, reason, step.ReportedAttempt);
}
