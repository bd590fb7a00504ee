namespace Orkestron.Grains.Tasks;

/// <summary>
/// Requests of steps that wait for a message, by step and key. Several may wait under one key, each for its own time. Not
/// thread-safe: the grain's scheduler owns it.
/// </summary>
internal sealed class MessageWaiters(TimeProvider clock)
{
    private readonly Dictionary<(int StepId, string Key), Waiter> _waiters = [];

    /// <summary>Completes when a message has come for the key, or the time is over.</summary>
    public async Task WaitAsync(int stepId, string key, TimeSpan atMost)
    {
        if (!_waiters.TryGetValue((stepId, key), out var waiter))
        {
            _waiters[(stepId, key)] = waiter = new Waiter();
        }

        waiter.Requests++;
        await waiter.Arrived.Task.WaitAsync(atMost, clock)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (--waiter.Requests == 0 && _waiters.GetValueOrDefault((stepId, key)) == waiter)
        {
            _waiters.Remove((stepId, key));
        }
    }

    /// <summary>Wakes those that wait under a key; whether anybody does.</summary>
    public bool Notify(int stepId, string key)
    {
        if (!_waiters.Remove((stepId, key), out var waiter))
        {
            return false;
        }

        waiter.Arrived.TrySetResult();
        return true;
    }

    /// <summary>Wakes all that wait, whether a message has come or not.</summary>
    public void ReleaseAll()
    {
        foreach (var waiter in _waiters.Values)
        {
            waiter.Arrived.TrySetResult();
        }

        _waiters.Clear();
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Requests { get; set; }
    }
}
