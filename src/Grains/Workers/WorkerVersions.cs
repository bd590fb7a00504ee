using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Providers;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Which processes may take a step by the version that its task agreed to.</summary>
internal sealed class WorkerVersions
{
    private readonly WorkerPool _pool;
    private readonly DurableState<AgentRecord> _agent;
    private readonly AgentQueue _queue;
    private readonly StepEndSender _ends;
    private readonly AgreedVersions _agreed;
    private readonly ProviderOptions _options;

    public WorkerVersions(
        WorkerPool pool,
        DurableState<AgentRecord> agent,
        AgentQueue queue,
        StepEndSender ends,
        AgreedVersions agreed,
        ProviderOptions options)
    {
        (_pool, _agent, _queue, _ends, _agreed, _options) = (pool, agent, queue, ends, agreed, options);
        MayServe = IsServedBy;
    }

    /// <summary>Whether a process of some version may take a step.</summary>
    public Func<AgentRun, string, bool> MayServe { get; }

    /// <summary>Fails the steps that only processes of other versions could take, once that has been so for long.</summary>
    public void FailUnserved(DateTimeOffset now)
    {
        var versions = _pool.Versions;
        foreach (var run in _queue.WaitingRuns.Where(static run => run.Manifest.Transport == AgentTransports.Provider).ToArray())
        {
            // While no process is there at all, the next one may be of the right version.
            var unserved = versions.Count > 0 && !versions.Any(version => IsServedBy(run, version));
            run.UnservedSince = unserved ? run.UnservedSince ?? now : null;
            if (now - run.UnservedSince >= _options.VersionGrace)
            {
                _queue.Leave(run);
                _ends.Fail(run.Work, WorkFailures.NotServed(run.Work, versions));
                run.Dispose();
            }
        }
    }

    private bool IsServedBy(AgentRun run, string version) => version == run.Work.AgentVersion
        || (!IsCompared(run.Work.AgentVersion) && _agreed.Find(version) is { } other && run.CanRunAs(other));

    // While a candidate is tried beside the current version, each runs its own steps only.
    private bool IsCompared(string version) => _agent.State.Candidate is not null && _pool.Versions.Contains(version);
}
