using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>When an agent was at a step. Pure; the recent runs only.</summary>
internal static class StepRuns
{
    private const int Most = 64;

    /// <summary>A run has begun.</summary>
    public static ImmutableArray<StepRun> Begin(ImmutableArray<StepRun> runs, DateTimeOffset startedAt) =>
        runs is [.., { EndedAt: null }] ? runs : Add(runs, new StepRun(startedAt, null));

    /// <summary>A run has ended, whether or not its beginning was recorded.</summary>
    public static ImmutableArray<StepRun> End(
        ImmutableArray<StepRun> runs, DateTimeOffset startedAt, DateTimeOffset endedAt) => runs is [.., { EndedAt: null }]
        ? runs.SetItem(runs.Length - 1, new StepRun(startedAt, endedAt))
        : Add(runs, new StepRun(startedAt, endedAt));

    /// <summary>Whatever runs has ended; nothing when nothing is known to run.</summary>
    public static ImmutableArray<StepRun> Close(ImmutableArray<StepRun> runs, DateTimeOffset endedAt) =>
        runs is [.., { EndedAt: null } last] ? runs.SetItem(runs.Length - 1, last with { EndedAt = endedAt }) : runs;

    private static ImmutableArray<StepRun> Add(ImmutableArray<StepRun> runs, StepRun run) =>
        (runs.Length < Most ? runs : runs.RemoveAt(0)).Add(run);
}
