using Orkestron.Contracts.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>
/// One watch of one task by one user, shared by all of that user's viewers on this node. It keeps the newest journaled
/// events and the merged transient state; a viewer is a cursor into both. Nothing is queued per viewer, so a slow viewer
/// costs no memory and delays nobody: it gets transient state merged, and every journaled event.
/// </summary>
internal sealed partial class TaskRelay : IDisposable
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<TaskEvent> _recent = [];
    private readonly Dictionary<int, LiveStep> _steps = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ITaskGrain _task;
    private readonly Guid _userId;
    private readonly WebOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _notifyTimer;
    private readonly ITimer _heartbeat;
    private TaskCompletionSource _changed = NewSignal();
    private long _last;
    private long _tick;
    private bool _notifyPending;
    private bool _ended;

    public TaskRelay(
        ITaskGrain task, Guid userId, long last, WebOptions options, TimeProvider clock, ILogger logger)
    {
        (_task, _userId, _last, _options, _clock, _logger) = (task, userId, last, options, clock, logger);
        _notifyTimer = clock.CreateTimer(_ => Notify(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // One timer for all viewers: a timer for each wait of each viewer would cost more than the events.
        _heartbeat = clock.CreateTimer(_ => Notify(), null, options.StreamHeartbeat, options.StreamHeartbeat);
    }

    /// <summary>Completes at the next change, or after a heartbeat without one. Get it before calling <see cref="Read"/>.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Starts to follow the task.</summary>
    public void Start() => _ = PumpAsync(_stop.Token);

    /// <summary>The events that a viewer has not seen yet.</summary>
    public RelayRead Read(long after, Dictionary<int, LiveCursor> seen)
    {
        lock (_gate)
        {
            if (after < _last - _recent.Count)
            {
                return new RelayRead([], Behind: true, Ended: false);
            }

            List<TaskEvent> events = after < _last ? [.. _recent.Where(each => each.Sequence > after)] : [];
            var sequence = Math.Max(after, _last);
            foreach (var (stepId, step) in _steps)
            {
                if (!seen.TryGetValue(stepId, out var cursor))
                {
                    seen[stepId] = cursor = new LiveCursor();
                }

                events.AddRange(step.After(cursor, sequence));
            }

            return new RelayRead(events, Behind: false, _ended);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _notifyTimer.Dispose();
        _heartbeat.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync(CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var update in _task.WatchAsync(_userId, _last, stop))
                {
                    Add(update.ToEvent());
                    pause = TimeSpan.FromMilliseconds(100);
                }

                End();
                return;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The task's silo is gone: the next watch finds the task on another silo and continues after the last event.
                LogInterrupted(_logger, fault);
            }

            await Task.Delay(pause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }
    }

    private void Add(TaskEvent update)
    {
        lock (_gate)
        {
            if (update.Transient)
            {
                AddTransient(update);
                return;
            }

            if (update.Sequence <= _last)
            {
                return;
            }

            _last = update.Sequence;
            _recent.Enqueue(update);
            while (_recent.Count > _options.RelayEvents)
            {
                _recent.Dequeue();
            }

            LiveSteps.Forget(_steps, update);
        }

        Notify();
    }

    private void AddTransient(TaskEvent update)
    {
        if (update.StepId is not { } stepId)
        {
            return;
        }

        if (!_steps.TryGetValue(stepId, out var step))
        {
            // A new generation: a viewer that has text of an ended attempt has none of this one.
            _steps[stepId] = step = new LiveStep(++_tick);
        }

        step.Merge(update, ++_tick);
        if (!_notifyPending)
        {
            _notifyPending = true;
            _notifyTimer.Change(_options.RelayPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            _steps.Clear();
        }

        Notify();
    }

    private void Notify()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            _notifyPending = false;
            before = _changed;
            _changed = NewSignal();
        }

        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A watch was interrupted and is opened again.")]
    private static partial void LogInterrupted(ILogger logger, Exception fault);
}

/// <summary>The result of reading from a relay.</summary>
/// <param name="Events">In order.</param>
/// <param name="Behind">The viewer has missed events that the relay no longer holds: read them from the journal.</param>
/// <param name="Ended">There will be no more events.</param>
internal readonly record struct RelayRead(IReadOnlyList<TaskEvent> Events, bool Behind, bool Ended);
