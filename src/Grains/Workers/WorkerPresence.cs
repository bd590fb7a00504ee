using Orkestron.Domain.Agents;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Whether a process of the provider is connected, and when one was last.</summary>
internal sealed class WorkerPresence(WorkerPool pool, DurableState<AgentRecord> agent, TimeProvider clock) : IWorkerPresence
{
    // While a process is connected, the time is stored at most so often.
    private static readonly TimeSpan StorePeriod = TimeSpan.FromMinutes(1);
    private DateTimeOffset? _seenAt;

    public bool IsNeeded => agent.State.Manifest is { Transport: AgentTransports.Provider };

    public bool IsAway => !pool.IsServed;

    /// <summary><see cref="IsAway"/> as of the last <see cref="Update"/>.</summary>
    public bool WasAway { get; private set; } = true;

    public DateTimeOffset? LastSeenAt => _seenAt ?? agent.State.LastSeenAt;

    /// <summary>A process is there, or says that it leaves.</summary>
    public void Seen()
    {
        _seenAt = clock.GetUtcNow();
        if (!(_seenAt - agent.State.LastSeenAt < StorePeriod))
        {
            Store(_seenAt);
        }
    }

    /// <summary>Looks whether the first process has come, or the last one has gone.</summary>
    /// <returns>Whether one of the two has happened since the last time.</returns>
    public bool Update()
    {
        if (IsAway == WasAway)
        {
            return false;
        }

        WasAway = !WasAway;
        if (WasAway && _seenAt is { } seen)
        {
            Store(seen);
        }

        return true;
    }

    private void Store(DateTimeOffset? seenAt)
    {
        agent.State.LastSeenAt = seenAt;
        agent.MarkChanged();
    }
}
