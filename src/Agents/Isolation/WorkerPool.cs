using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// The child processes of this node: started when needed, kept while they are fit, then replaced. <see cref="FairQueue"/> decides
/// whose call gets one next.
/// </summary>
internal sealed partial class WorkerPool : IDisposable
{
    // About as many quick calls as one user makes while a new process gets ready.
    private const int CallsBeforeReplaced = 100;

    private readonly Lock _lock = new();
    private readonly IdleWorkers _idle;
    private readonly HashSet<Worker> _all = [];
    private readonly IsolationOptions _options;
    private readonly WorkerStarter _starter;
    private readonly WarmCalls _calls;
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkerPool> _logger;
    private readonly FairQueue _queue;
    private readonly ITimer _tidy;
    private bool _disposed;

    public WorkerPool(
        WorkerStarter starter, WarmCalls calls, IOptions<IsolationOptions> options, TimeProvider clock, ILogger<WorkerPool> logger)
    {
        (_starter, _calls, _options, _clock, _logger) = (starter, calls, options.Value, clock, logger);
        _idle = new IdleWorkers(_options, clock);
        _queue = new FairQueue(_options.MaxProcesses, _options.MaxPerUser, _options.MaxQueued);
        var period = TimeSpan.FromSeconds(Math.Max(1, _options.IdleSeconds / 2.0));
        _tidy = clock.CreateTimer(static pool => ((WorkerPool)pool!).Tidy(), this, period, period);
    }

    /// <summary>Waits for a turn and returns a process that is ready. Give it back with <see cref="Return"/>.</summary>
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

    /// <summary>Takes a process back, for the next call.</summary>
    public void Return(Worker worker, string user)
    {
        if (Keep(worker))
        {
            if (worker.Calls == _options.MaxCalls - CallsBeforeReplaced)
            {
                // The replacement is warmed up before the old process has run its last call, so that no call waits for it.
                _ = Task.Run(() => FillAsync(warm: true, beside: 1));
            }
        }
        else
        {
            Drop(worker);
            // It is not warmed up: who provokes replacements shall not get more processor time by it.
            _ = Task.Run(() => FillAsync(warm: false));
        }

        _queue.Leave(user);
    }

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

    private Worker? TakeIdle(string user)
    {
        // The last idle ones, which are warm, are for users who hold none: a call in a new process takes half a second longer.
        var last = _queue.HeldBy(user) > 1 ? _options.WarmProcesses : 0;
        while (true)
        {
            Worker? worker;
            lock (_lock)
            {
                worker = _idle.Count <= last && _all.Count < _options.MaxProcesses ? null : _idle.Take();
            }

            if (worker is null)
            {
                return null;
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
                // During a long call another process is made ready for other users; the long call yields to them.
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

            _idle.Add(worker);
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
        IReadOnlyList<Worker> expired;
        lock (_lock)
        {
            expired = _idle.TakeExpired();
        }

        foreach (var worker in expired)
        {
            Drop(worker);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No child process could be started for SQL, scripts and documents.")]
    private static partial void LogNotStarted(ILogger logger, Exception fault);
}
