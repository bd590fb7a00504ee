using System.Collections.Immutable;
using Orkestron.Contracts.Providers;

namespace Orkestron.Domain.Tasks;

/// <summary>What follows from a value that a run has gone on with before the task recorded it. Pure.</summary>
internal static class ValueRules
{
    // Web nodes tell the time that runs count from; their clocks may differ from this one's.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>The fact to record; neither where the same is recorded, or the place is wanted no more.</summary>
    public static (StepValueRecorded? Fact, StepFailure? Failure) Decide(
        TaskRecord task, int stepId, int attempt, RunValue value, DateTimeOffset now, TaskOptions options)
    {
        if (task.Step(stepId) is { } step && step.IsAt(attempt) && !task.Ended
            && step.History.GetValueOrDefault(value.Key) is { Kind: HistoryKind.Value } known)
        {
            return (null, value.Value.SameAs(known.Content) ? null : Superseded(value.Key));
        }

        var (fact, failure) = HistoryRules.Decide(
            task, new HistoryRequest(stepId, value.Key, HistoryKind.Value, null, value.Value) { Attempt = attempt }, now, options);
        // A branch that lost its race need not know: what it did counts for nothing.
        return failure == HistoryRules.ScopeCanceled ? (null, null)
            : failure is not null ? (null, failure)
            : ((StepValueRecorded)fact! with { At = Within(value.At, task.Step(stepId)!.RequestedAt, now + ClocksDiffer) }, null);
    }

    /// <summary>Whether the run is not the one whose records stand, so that what it made of its own is no end of the step.</summary>
    public static bool IsSuperseded(StepFailure failure) => failure.Code == StepValuesResult.Superseded;

    private static StepFailure Superseded(string key) => StepFailures.Of(
        StepValuesResult.Superseded,
        $"Another run of this step has recorded another value at place {key} of the agent's code. This run is of no use any more.");

    private static DateTimeOffset Within(DateTimeOffset at, DateTimeOffset least, DateTimeOffset most) =>
        at < least ? least : at > most ? most : at;
}
