using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>
/// The processes that serve one agent, and the steps that they work on. Not thread-safe: the grain's scheduler owns it.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="send">Sends an assignment to its process: the first time, or again.</param>
internal sealed class WorkerPool(ProviderOptions options, Action<Delivery> send)
{
    private readonly Dictionary<string, WorkerConnection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<StepKey, Delivery> _deliveries = [];

    /// <summary>Whether there is neither a process nor a step.</summary>
    public bool IsIdle => _connections.Count == 0 && _deliveries.Count == 0;

    /// <summary>The versions that processes serve, those included whose connection broke a moment ago.</summary>
    public IReadOnlySet<string> Versions =>
        _connections.Values.Select(static each => each.Version).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a process is connected.</summary>
    public bool IsServed => _connections.Values.Any(static each => each.GoneAt is null);

    public AgentConnected Connected
    {
        get
        {
            var connected = _connections.Values.Where(static connection => connection.GoneAt is null).ToArray();
            return new AgentConnected(connected.Length, connected.Sum(static each => each.Capacity));
        }
    }

    /// <summary>The steps that processes run and that no task has sent to this activation.</summary>
    public IEnumerable<StepKey> Held => _connections.Values.SelectMany(static connection => connection.Held);

    public Delivery? Find(StepKey step) => _deliveries.GetValueOrDefault(step);

    /// <summary>Adds a process, or renews its lease.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Connect(ProviderLinkState state, DateTimeOffset now)
    {
        if (!_connections.TryGetValue(state.ProcessId, out var connection))
        {
            if (_connections.Count >= options.MaxLinks)
            {
                return false;
            }

            _connections[state.ProcessId] = connection = new WorkerConnection(state.ProcessId);
        }

        if (state.Session < connection.Session)
        {
            return true;
        }

        var fresh = state.Session > connection.Session;
        (connection.Session, connection.Observer, connection.Version, connection.Capacity) =
            (state.Session, state.Link, state.Version, state.Capacity);
        (connection.ExpiresAt, connection.GoneAt) = (now + options.Lease, null);
        Compare(connection, state.Running.ToHashSet(), fresh, now);
        return true;
    }

    /// <summary>A process has left: its steps go to others, now or when it does not come back.</summary>
    public void Disconnect(string processId, long session, bool atOnce, DateTimeOffset now)
    {
        if (!_connections.TryGetValue(processId, out var connection) || connection.Session != session)
        {
            return;
        }

        connection.GoneAt ??= now;
        if (atOnce)
        {
            Remove(connection);
        }
    }

    /// <summary>Removes processes that stayed away or were not renewed.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var connection in _connections.Values.ToArray())
        {
            if (now >= connection.ExpiresAt || now >= connection.GoneAt + options.Grace)
            {
                Remove(connection);
            }
        }
    }

    /// <summary>Whether a process that may take a step has room.</summary>
    public bool HasRoom(AgentRun run, Func<AgentRun, string, bool> may) =>
        _connections.Values.Any(connection => connection.Room > 0 && may(run, connection.Version));

    /// <summary>
    /// Assigns a step to the process that runs it already, or to one of those that may take it: of its own version first, then
    /// the one with the largest free part of its capacity.
    /// </summary>
    /// <returns>Null when no process has room.</returns>
    public Delivery? Deliver(AgentRun run, Func<AgentRun, string, bool> may, DateTimeOffset now)
    {
        var work = run.Work;
        var step = work.Key;
        var connection = _connections.Values.FirstOrDefault(each => each.Held.Contains(step))
            ?? _connections.Values.Where(each => each.Room > 0 && may(run, each.Version))
                .OrderByDescending(each => each.Version == work.AgentVersion)
                .ThenByDescending(static each => (double)each.Room / each.Capacity)
                .ThenBy(static each => each.ProcessId, StringComparer.Ordinal)
                .FirstOrDefault();
        if (connection is null)
        {
            return null;
        }

        var delivery = new Delivery(run, connection, now);
        run.Continues = connection.Held.Remove(step);
        connection.Deliveries.Add(delivery);
        _deliveries[step] = delivery;
        send(delivery);
        return delivery;
    }

    /// <summary>A step takes no capacity any more.</summary>
    public void End(Delivery delivery)
    {
        delivery.Connection.Deliveries.Remove(delivery);
        if (Find(delivery.Step) == delivery)
        {
            _deliveries.Remove(delivery.Step);
        }
    }

    /// <summary>A process returns a step unfinished.</summary>
    public void Return(StepKey step)
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
        foreach (var connection in _connections.Values)
        {
            connection.Held.Remove(step);
        }
    }

    private void Compare(WorkerConnection connection, HashSet<StepKey> running, bool fresh, DateTimeOffset now)
    {
        if (fresh)
        {
            connection.Held.UnionWith(running.Where(step => !_deliveries.ContainsKey(step)));
        }

        connection.Held.IntersectWith(running);
        foreach (var delivery in connection.Deliveries)
        {
            // The message was lost, with a connection or on its way.
            if (!delivery.IsOver && !running.Contains(delivery.Step)
                && (fresh || now - delivery.SentAt >= options.OfferAgainAfter))
            {
                delivery.Run.Repeated = true;
                send(delivery);
            }
        }
    }

    private void Remove(WorkerConnection connection)
    {
        _connections.Remove(connection.ProcessId);
        foreach (var delivery in connection.Deliveries.ToArray())
        {
            delivery.Lose(again: ++delivery.Run.Losses <= options.MaxLosses, StepLosses.WorkerLost);
            End(delivery);
        }
    }
}
