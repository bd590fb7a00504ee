using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>
/// The processes that serve one agent, and the steps in their hands. Not thread-safe: the grain's scheduler owns it.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="offer">Tells a process of a delivery: the first time, or again.</param>
internal sealed class WorkerPool(ProviderOptions options, Action<Delivery> offer)
{
    private readonly Dictionary<string, WorkerConnection> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<StepKey, Delivery> _deliveries = [];

    public bool Idle => _links.Count == 0 && _deliveries.Count == 0;

    /// <summary>The versions that processes serve, those included whose connection broke a moment ago.</summary>
    public IReadOnlySet<string> Versions => _links.Values.Select(static link => link.Version).ToHashSet(StringComparer.Ordinal);

    public AgentConnected Connected
    {
        get
        {
            var standing = _links.Values.Where(static link => link.GoneAt is null).ToArray();
            return new AgentConnected(standing.Length, standing.Sum(static link => link.Capacity));
        }
    }

    /// <summary>What processes run that nobody has asked this activation for.</summary>
    public IEnumerable<StepKey> Held => _links.Values.SelectMany(static link => link.Held);

    public Delivery? Find(StepKey step) => _deliveries.GetValueOrDefault(step);

    /// <summary>Takes a process in, or renews it.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Link(ProviderLinkState state, DateTimeOffset now)
    {
        if (!_links.TryGetValue(state.ProcessId, out var link))
        {
            if (_links.Count >= options.MaxLinks)
            {
                return false;
            }

            _links[state.ProcessId] = link = new WorkerConnection(state.ProcessId);
        }

        if (state.Session < link.Session)
        {
            return true;
        }

        var fresh = state.Session > link.Session;
        (link.Session, link.Observer, link.Version, link.Capacity) =
            (state.Session, state.Link, state.Version, state.Capacity);
        (link.ExpiresAt, link.GoneAt) = (now + options.Lease, null);
        Compare(link, state.Running.ToHashSet(), fresh, now);
        return true;
    }

    /// <summary>A process has left: its steps are handed back, now or when it stays away.</summary>
    public void Unlink(string processId, long session, bool atOnce, DateTimeOffset now)
    {
        if (!_links.TryGetValue(processId, out var link) || link.Session != session)
        {
            return;
        }

        link.GoneAt ??= now;
        if (atOnce)
        {
            Remove(link);
        }
    }

    /// <summary>Removes processes that stayed away or were not renewed.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var link in _links.Values.ToArray())
        {
            if (now >= link.ExpiresAt || now >= link.GoneAt + options.Grace)
            {
                Remove(link);
            }
        }
    }

    /// <summary>Whether a process that may take a step has room.</summary>
    public bool HasRoom(AgentRun run, Func<AgentRun, string, bool> may) =>
        _links.Values.Any(link => link.Room > 0 && may(run, link.Version));

    /// <summary>
    /// Hands a step to the process that runs it already, or to one of those that may take it: of its own version first, then
    /// the one with most room for its share.
    /// </summary>
    /// <returns>Null when no process has room.</returns>
    public Delivery? Deliver(AgentRun run, Func<AgentRun, string, bool> may, DateTimeOffset now)
    {
        var work = run.Work;
        var step = StepKey.Of(work);
        var link = _links.Values.FirstOrDefault(each => each.Held.Contains(step))
            ?? _links.Values.Where(each => each.Room > 0 && may(run, each.Version))
                .OrderByDescending(each => each.Version == work.AgentVersion)
                .ThenByDescending(static each => (double)each.Room / each.Capacity)
                .ThenBy(static each => each.ProcessId, StringComparer.Ordinal)
                .FirstOrDefault();
        if (link is null)
        {
            return null;
        }

        var delivery = new Delivery(run, link, now);
        run.Continues = link.Held.Remove(step);
        link.Deliveries.Add(delivery);
        _deliveries[step] = delivery;
        offer(delivery);
        return delivery;
    }

    /// <summary>A delivery takes no capacity any more.</summary>
    public void End(Delivery delivery)
    {
        delivery.Link.Deliveries.Remove(delivery);
        if (Find(delivery.Step) == delivery)
        {
            _deliveries.Remove(delivery.Step);
        }
    }

    /// <summary>A process gives a step back of its own will.</summary>
    public void HandBack(StepKey step)
    {
        Forget(step);
        if (Find(step) is { } delivery)
        {
            delivery.Lose(again: true, StepLosses.HandedBack);
            End(delivery);
        }
    }

    /// <summary>A step that a process held has ended.</summary>
    public void Forget(StepKey step)
    {
        foreach (var link in _links.Values)
        {
            link.Held.Remove(step);
        }
    }

    private void Compare(WorkerConnection link, HashSet<StepKey> running, bool fresh, DateTimeOffset now)
    {
        if (fresh)
        {
            link.Held.UnionWith(running.Where(step => !_deliveries.ContainsKey(step)));
        }

        link.Held.IntersectWith(running);
        foreach (var delivery in link.Deliveries)
        {
            // The message was lost, with a connection or on its way.
            if (!delivery.Over && !running.Contains(delivery.Step)
                && (fresh || now - delivery.OfferedAt >= options.OfferAgainAfter))
            {
                delivery.Run.Repeated = true;
                offer(delivery);
            }
        }
    }

    private void Remove(WorkerConnection link)
    {
        _links.Remove(link.ProcessId);
        foreach (var delivery in link.Deliveries.ToArray())
        {
            delivery.Lose(again: ++delivery.Run.Losses <= options.MaxLosses, StepLosses.WorkerLost);
            End(delivery);
        }
    }
}
