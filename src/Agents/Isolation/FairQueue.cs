using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// A fair semaphore: each user holds a part of the places at most, and of the waiting users the one with the fewest places is next.
/// Thread-safe.
/// </summary>
/// <param name="places">Calls at once.</param>
/// <param name="perUser">Calls of one user at once.</param>
/// <param name="maxWaiting">Calls that may wait.</param>
internal sealed class FairQueue(int places, int perUser, int maxWaiting)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>Calls that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Places that a user holds.</summary>
    public int HeldBy(string user)
    {
        lock (_lock)
        {
            return Held(user);
        }
    }

    /// <summary>Waits for a place, which is then to be left.</summary>
    /// <exception cref="AgentFailedException"><c>busy</c>: too many wait.</exception>
    public Task EnterAsync(string user, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_taken < places && Held(user) < perUser)
            {
                Take(user);
                return Task.CompletedTask;
            }

            if (_waiting.Count >= maxWaiting)
            {
                throw new AgentFailedException("Too many calls wait for a process. Nothing is charged. Try again later.")
                {
                    Code = "busy",
                    Retryable = true,
                };
            }

            waiter = new Waiter(user);
            _waiting.AddLast(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(string user)
    {
        Waiter? next;
        lock (_lock)
        {
            _taken--;
            if (Held(user) is > 1 and var held)
            {
                _held[user] = held - 1;
            }
            else
            {
                _held.Remove(user);
            }

            next = Next();
            if (next is not null)
            {
                _waiting.Remove(next);
                Take(next.User);
            }
        }

        next?.Place.SetResult();
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Place.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            bool waited;
            lock (_lock)
            {
                waited = _waiting.Remove(waiter);
            }

            if (!waited)
            {
                // It was given a place in the same moment.
                Leave(waiter.User);
            }

            throw;
        }
    }

    // The first in order of those whose users hold fewest.
    private Waiter? Next()
    {
        Waiter? next = null;
        foreach (var waiter in _waiting)
        {
            if (Held(waiter.User) < perUser && (next is null || Held(waiter.User) < Held(next.User)))
            {
                next = waiter;
            }
        }

        return next;
    }

    private int Held(string user) => _held.GetValueOrDefault(user);

    private void Take(string user)
    {
        _taken++;
        _held[user] = Held(user) + 1;
    }

    private sealed class Waiter(string user)
    {
        public string User => user;

        public TaskCompletionSource Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
