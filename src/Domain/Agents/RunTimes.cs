
namespace Orkestron.Domain.Agents;

/// <summary>
/// How long runs take: from the beginning of a run's work to its end, whether it answered or not, its wait before apart.
/// Where the log has every run of a time the percentiles are exact; beyond it they are read off a histogram. Pure.
/// </summary>
internal static class RunTimes
{
    /// <summary>The time within which this part of the runs lies; null without one.</summary>
    public static long? Percentile(IEnumerable<long> milliseconds, double part)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
    }

    /// <summary>Figures with exact percentiles where the log has all of their runs.</summary>
    public static AgentMetrics Exact(AgentMetrics metrics, IReadOnlyList<LoggedRun> log)
    {
        var within = log.Where(run => run.StartedAt.AddMilliseconds(run.Milliseconds) >= metrics.From).ToArray();
        return metrics with
        {
            All = Exact(metrics.All, within),
            Versions = [.. metrics.Versions.Select(figures => Exact(figures, [.. within.Where(run => run.Version == figures.Version)]))],
        };
    }

    private static RunFigures Exact(RunFigures figures, LoggedRun[] runs) => runs.Length != figures.Runs
        ? figures
        : figures with
        {
            P50Milliseconds = Percentile(runs.Select(static run => run.Milliseconds), 0.5),
            P95Milliseconds = Percentile(runs.Select(static run => run.Milliseconds), 0.95),
            WaitP50Milliseconds = Percentile(runs.Select(static run => run.WaitMilliseconds).OfType<long>(), 0.5),
            WaitP95Milliseconds = Percentile(runs.Select(static run => run.WaitMilliseconds).OfType<long>(), 0.95),
        };
}
