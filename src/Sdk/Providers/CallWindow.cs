namespace Orkestron.Sdk.Providers;

/// <summary>
/// Limits the concurrent calls of other agents; further calls wait in order. A step without an open call may
/// always make one, so that steps of one process that wait for each other cannot deadlock. Thread-safe.
/// </summary>
internal sealed class CallWindow
{
    /// <summary>Assumed when the platform states no limit.</summary>
    public const int Usual = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<RunningStep, int> _open = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private int _most = Usual;
    private int _count;

    /// <summary>Sets how many calls may be open, not counting the first one of each step. At least 1.</summary>
    public void Limit(int most)
    {
        lock (_lock)
        {
            _most = Math.Max(1, most);
            Admit();
        }
    }

    /// <summary>Waits for a slot; <see cref="Leave"/> releases it.</summary>
    public async Task EnterAsync(RunningStep step, CancellationToken stop)
    {
        LinkedListNode<Waiter> mine;
        lock (_lock)
        {
            if (!_open.ContainsKey(step) || (_count < _most && _waiting.Count == 0))
            {
                Take(step);
                return;
            }

            mine = _waiting.AddLast(new Waiter(step));
        }

        try
        {
            await mine.Value.Admitted.Task.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                if (mine.List is not null)
                {
                    _waiting.Remove(mine);
                }
                else
                {
                    GiveBack(step);
                }
            }

            throw;
        }
    }

    public void Leave(RunningStep step)
    {
        lock (_lock)
        {
            GiveBack(step);
        }
    }

    private void GiveBack(RunningStep step)
    {
        _count--;
        if (_open[step] > 1)
        {
            _open[step]--;
        }
        else
        {
            _open.Remove(step);
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (node.Value.Step == step)
                {
                    Admit(node);
                    break;
                }
            }
        }

        Admit();
    }

    private void Admit()
    {
        while (_count < _most && _waiting.First is { } next)
        {
            Admit(next);
        }
    }

    private void Admit(LinkedListNode<Waiter> node)
    {
        _waiting.Remove(node);
        Take(node.Value.Step);
        node.Value.Admitted.SetResult();
    }

    private void Take(RunningStep step)
    {
        _open[step] = _open.GetValueOrDefault(step) + 1;
        _count++;
    }

    private sealed record Waiter(RunningStep Step)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
