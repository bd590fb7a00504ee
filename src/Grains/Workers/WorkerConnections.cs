using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Processes of the provider come, renew their leases and go.</summary>
internal sealed class WorkerConnections(
    Activation activation,
    WorkerPool pool,
    WorkerPresence presence,
    WorkerVersions versions,
    WorkerRuns runs,
    AgentDispatcher dispatcher,
    QueueNotices notices,
    WaitingTasks tasks,
    TimeProvider clock,
    ProviderOptions options)
{
    private IGrainTimer? _sweep;

    /// <summary>A process connects, or renews its lease.</summary>
    /// <returns>Whether it may serve the agent.</returns>
    public bool Connect(ProviderLinkState process)
    {
        if (!presence.IsNeeded || !pool.Connect(process, clock.GetUtcNow()))
        {
            return false;
        }

        // Kept in memory while a process is connected: its connection is known here only.
        _sweep ??= activation.StartTimer(SweepAsync, options.SweepPeriod, keepAlive: true);
        presence.Seen();
        runs.Reattach();
        dispatcher.BeginWaiting();
        UpdatePresence();
        return true;
    }

    /// <summary>A process has left.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="session">The connection that ended.</param>
    /// <param name="atOnce">Whether its steps go to others now, or wait a moment for it to come back.</param>
    public void Disconnect(string processId, long session, bool atOnce)
    {
        if (presence.IsNeeded)
        {
            presence.Seen();
            pool.Disconnect(processId, session, atOnce, clock.GetUtcNow());
            UpdatePresence();
        }
    }

    /// <summary>The processes that are connected; null for an agent that none serves.</summary>
    public AgentConnected? View() => presence.IsNeeded
        ? pool.Connected with { LastSeenAt = presence.IsAway ? presence.LastSeenAt : null }
        : null;

    /// <summary>The versions that processes serve; null for an agent that none serves.</summary>
    public IReadOnlySet<string>? Served() => presence.IsNeeded ? pool.Versions : null;

    private Task SweepAsync()
    {
        var now = clock.GetUtcNow();
        pool.Sweep(now);
        versions.FailUnserved(now);
        UpdatePresence();
        if (pool.IsIdle)
        {
            _sweep?.Dispose();
            _sweep = null;
        }

        return Task.CompletedTask;
    }

    /// <summary>Reports to all that wait when the first process has come or the last one has gone.</summary>
    private void UpdatePresence()
    {
        if (!presence.Update())
        {
            return;
        }

        if (!presence.WasAway)
        {
            tasks.WakeAsync().Ignore();
        }

        notices.SendDue();
    }
}
