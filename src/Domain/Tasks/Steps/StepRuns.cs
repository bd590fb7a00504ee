using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>When an agent was at a step. Pure; the recent runs only.</summary>
internal static class StepRuns
{
    private const int Most = 64;

    /// <summary>A run has begun.</summary>
    public static ImmutableArray<StepRun> Begin(ImmutableArray<StepRun> runs, DateTimeOffset startedAt, int attempt) =>
        runs is [.., { EndedAt: null }] ? runs : Add(runs, new StepRun(startedAt, null) { Attempt = attempt });

    /// <summary>
    /// A run has ended, whether or not its beginning was recorded. One that goes on from an earlier activation began when
    /// that said so; one that was taken for lost and has ended after all was one run from its beginning.
    /// </summary>
    public static ImmutableArray<StepRun> End(
        ImmutableArray<StepRun> runs, DateTimeOffset startedAt, DateTimeOffset endedAt, int attempt, string? failure)
    {
        var ended = new StepRun(startedAt, endedAt) { Attempt = attempt, Failure = failure };
        return runs switch
        {
            [.., { EndedAt: null } open] => runs.SetItem(runs.Length - 1, ended with { StartedAt = Earlier(open.StartedAt, startedAt) }),
            [.., { Lost: true } lost] when startedAt < lost.EndedAt => runs.SetItem(
                runs.Length - 1, ended with { StartedAt = Earlier(lost.StartedAt, startedAt), Attempt = lost.Attempt }),
            _ => Add(runs, ended),
        };
    }

    /// <summary>Whatever runs has ended; nothing when nothing is known to run.</summary>
    public static ImmutableArray<StepRun> Close(ImmutableArray<StepRun> runs, DateTimeOffset endedAt) =>
        runs is [.., { EndedAt: null } last] ? runs.SetItem(runs.Length - 1, last with { EndedAt = endedAt }) : runs;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static ImmutableArray<StepRun> Add(ImmutableArray<StepRun> runs, StepRun run) =>
        (runs.Length < Most ? runs : runs.RemoveAt(0)).Add(run);
}
