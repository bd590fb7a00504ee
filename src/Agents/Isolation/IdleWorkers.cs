namespace Orkestron.Agents.Isolation;

/// <summary>The child processes that wait for a call, the last one used first. Not thread-safe.</summary>
internal sealed class IdleWorkers(IsolationOptions options, TimeProvider clock)
{
    private readonly Stack<(Worker Worker, long Since)> _idle = new();

    public int Count => _idle.Count;

    public void Add(Worker worker) => _idle.Push((worker, clock.GetTimestamp()));

    /// <summary>Takes the one that was used last, or null when there is none.</summary>
    public Worker? Take() => _idle.TryPop(out var top) ? top.Worker : null;

    /// <summary>Takes out those that have been idle for too long, beyond the number that is kept ready.</summary>
    public IReadOnlyList<Worker> TakeExpired()
    {
        var expired = new List<Worker>();
        var kept = new List<(Worker Worker, long Since)>();
        foreach (var idle in _idle)
        {
            if (kept.Count < options.WarmProcesses || clock.GetElapsedTime(idle.Since) < TimeSpan.FromSeconds(options.IdleSeconds))
            {
                kept.Add(idle);
            }
            else
            {
                expired.Add(idle.Worker);
            }
        }

        _idle.Clear();
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            _idle.Push(kept[i]);
        }

        return expired;
    }

    public void Clear() => _idle.Clear();
}
