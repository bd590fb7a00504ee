using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// The child processes of this node. Started when they are needed, kept while they are fit, replaced when they are not;
/// who may have one next is decided by <see cref="FairQueue"/>.
/// </summary>
internal sealed partial class WorkerPool : IDisposable
{
    // About what one user's quick calls are in the time that a process takes to get ready.
    private const int CallsBeforeReplaced = 100;

    private readonly Lock _lock = new();
    private readonly Stack<(Worker Worker, long Since)> _idle = new();
    private readonly HashSet<Worker> _all = [];
    private readonly IsolationOptions _options;
    private readonly WorkerStarter _starter;
    private readonly WarmCalls _calls;
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkerPool> _logger;
    private readonly FairQueue _queue;
    private readonly ITimer _tidy;
    private int _warming;
    private bool _disposed;

    public WorkerPool(
        WorkerStarter starter, WarmCalls calls, IOptions<IsolationOptions> options, TimeProvider clock, ILogger<WorkerPool> logger)
    {
        (_starter, _calls, _options, _clock, _logger) = (starter, calls, options.Value, clock, logger);
        _queue = new FairQueue(_options.MaxProcesses, _options.MaxPerUser, _options.MaxQueued);
        var period = TimeSpan.FromSeconds(Math.Max(1, _options.IdleSeconds / 2.0));
        _tidy = clock.CreateTimer(static pool => ((WorkerPool)pool!).Tidy(), this, period, period);
    }

    /// <summary>Waits for a place and gives a process that is ready; each is returned.</summary>
    /// <exception cref="AgentFailedException"><c>busy</c>: too many wait already; or no process can be started.</exception>
    public async Task<Worker> RentAsync(string user, CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(user, cancellationToken);
        try
        {
            var worker = TakeIdle(user) ?? Start();
            try
            {
                await worker.Ready.WaitAsync(TimeSpan.FromSeconds(_options.StartSeconds), _clock, cancellationToken);
                return worker;
            }
            catch
            {
                Drop(worker);
                throw;
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or TimeoutException)
        {
            _queue.Leave(user);
            LogNotStarted(_logger, fault);
            throw new AgentFailedException("No process can be started for this call now. Nothing is charged. Try again later.", fault)
            {
                Code = "no_process",
                Retryable = true,
            };
        }
        catch
        {
            _queue.Leave(user);
            throw;
        }
    }

    /// <summary>Takes a process back and lets the next call have it.</summary>
    public void Return(Worker worker, string user)
    {
        if (Keep(worker))
        {
            if (worker.Calls == _options.MaxCalls - CallsBeforeReplaced)
            {
                // Made ready before the old one has run its last call, so that nobody meets a new one.
                _ = Task.Run(() => FillAsync(warm: true, beside: 1));
            }
        }
        else
        {
            Drop(worker);
            // Its first call will compile what it needs: who provokes replacements gets no more of the processor for it.
            _ = Task.Run(() => FillAsync(warm: false));
        }

        _queue.Leave(user);
    }

    /// <summary>Starts an idle process and runs it warm, if fewer are there than are to be kept ready.</summary>
    public Task WarmAsync() => FillAsync(warm: true);

    /// <summary>The ids of the processes.</summary>
    public IReadOnlyList<int> ProcessIds()
    {
        lock (_lock)
        {
            return [.. _all.Select(static worker => worker.Id)];
        }
    }

    public void Dispose()
    {
        Worker[] all;
        lock (_lock)
        {
            _disposed = true;
            all = [.. _all];
            _all.Clear();
            _idle.Clear();
        }

        _tidy.Dispose();
        foreach (var worker in all)
        {
            worker.Dispose();
        }
    }

    private async Task FillAsync(bool warm, int beside = 0)
    {
        lock (_lock)
        {
            if (_disposed || _idle.Count + _warming >= _options.WarmProcesses + beside || _all.Count >= _options.MaxProcesses)
            {
                return;
            }

            _warming++;
        }

        try
        {
            var worker = Start();
            try
            {
                await worker.Ready.WaitAsync(TimeSpan.FromSeconds(_options.StartSeconds), _clock);
                if (warm)
                {
                    await _calls.RunAsync(worker, CancellationToken.None);
                }
            }
            finally
            {
                if (!Keep(worker))
                {
                    Drop(worker);
                }
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or TimeoutException or AgentFailedException or AgentRefusedException)
        {
            LogNotStarted(_logger, fault);
        }
        finally
        {
            lock (_lock)
            {
                _warming--;
            }
        }
    }

    private Worker? TakeIdle(string user)
    {
        // The last ones, which are warm, are for users who hold no other: a call in a new process takes half a second longer.
        var last = _queue.HeldBy(user) > 1 ? _options.WarmProcesses : 0;
        while (true)
        {
            Worker worker;
            lock (_lock)
            {
                if ((_idle.Count <= last && _all.Count < _options.MaxProcesses) || !_idle.TryPop(out var top))
                {
                    return null;
                }

                worker = top.Worker;
            }

            if (worker.Fit || !worker.Ready.IsCompleted)
            {
                return worker;
            }

            Drop(worker);
        }
    }

    private Worker Start()
    {
        var worker = _starter.Start();
        lock (_lock)
        {
            if (!_disposed)
            {
                // What others may want meanwhile is made ready beside it; it stands back for that.
                worker.LongCall = () => _ = Task.Run(() => FillAsync(warm: true));
                _all.Add(worker);
                return worker;
            }
        }

        worker.Dispose();
        throw new InvalidOperationException("The node is stopping.");
    }

    private bool Keep(Worker worker)
    {
        if (!worker.Fit)
        {
            return false;
        }

        lock (_lock)
        {
            if (_disposed)
            {
                return false;
            }

            _idle.Push((worker, _clock.GetTimestamp()));
            return true;
        }
    }

    private void Drop(Worker worker)
    {
        lock (_lock)
        {
            _all.Remove(worker);
        }

        worker.Dispose();
    }

    private void Tidy()
    {
        var gone = new List<Worker>();
        lock (_lock)
        {
            // The oldest are at the bottom of the stack.
            var kept = new List<(Worker Worker, long Since)>();
            foreach (var idle in _idle)
            {
                var stays = kept.Count < _options.WarmProcesses
                    || _clock.GetElapsedTime(idle.Since) < TimeSpan.FromSeconds(_options.IdleSeconds);
                if (stays)
                {
                    kept.Add(idle);
                }
                else
                {
                    gone.Add(idle.Worker);
                }
            }

            _idle.Clear();
            for (var i = kept.Count - 1; i >= 0; i--)
            {
                _idle.Push(kept[i]);
            }
        }

        gone.ForEach(Drop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No child process could be started for SQL, scripts and documents.")]
    private static partial void LogNotStarted(ILogger logger, Exception fault);
}
