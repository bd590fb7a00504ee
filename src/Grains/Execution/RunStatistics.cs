using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Execution;

/// <summary>
/// The public figures of an agent and the log of its runs. They are saved now and then: a crash may lose the last seconds.
/// </summary>
internal sealed class RunStatistics(
    DurableState<AgentRecord> agent,
    DurableState<RunsRecord> runs,
    ProviderOwner owner,
    TimeProvider clock,
    AgentOptions options,
    TaskOptions taskOptions)
{
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(30);

    /// <summary>
    /// Adds a run that has ended. A run that the provider's owner paid for says nothing to others: it is in the owner's log, but
    /// not in the public figures.
    /// </summary>
    /// <param name="work">What was run; null when an earlier activation began it.</param>
    /// <param name="agreed">The version that the task agreed to.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="since">Since when it waited before; null when that is not known.</param>
    /// <param name="lost">How many runs of the attempt were lost or given back before.</param>
    public void Add(WorkItem? work, AgentManifest agreed, StepEnd end, DateTimeOffset? since, int lost = 0)
    {
        var own = owner.IsOwn(work);
        if (!own)
        {
            agent.State.Count(end.Failure, agreed.Transport, end.EndedAt - end.StartedAt, options.MaxDurations);
            agent.MarkChanged();
        }

        var log = runs.State;
        log.Add(RunLogRules.Entry(log.Last + 1, work, agreed, end, since, lost, own, taskOptions.FeeBasisPoints), options);
        runs.MarkChanged();
    }

    /// <summary>A page of the log.</summary>
    public RunPage Page(RunQuery query) => runs.State.Page(query);

    /// <summary>The figures of the last hours or days.</summary>
    public AgentMetrics Metrics(TimeSpan window) => RunTimes.Exact(
        RunBuckets.Sum(runs.State.Buckets, clock.GetUtcNow(), window < MaxWindow ? window : MaxWindow), runs.State.Runs);

    /// <summary>What versions may be expected to earn.</summary>
    public AgentEarnings Earnings(
        AgentManifest current, AgentManifest? candidate, int share, double? runsPerDay, int? inputBytes) => EarningsRules.Preview(
            current, candidate, share, runs.State, clock.GetUtcNow(), taskOptions.FeeBasisPoints, runsPerDay, inputBytes);

    /// <summary>Saves what has changed.</summary>
    public async Task SaveAsync()
    {
        await agent.SaveChangedAsync();
        await runs.SaveChangedAsync();
    }
}
