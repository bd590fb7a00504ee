using Orkestron.Contracts.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>
/// One watch of one task by one user, shared by all of that user's viewers on this node. It keeps the newest journaled
/// events and the merged transient state; a viewer is a cursor into both. Nothing is queued for a viewer, so a slow one
/// holds no memory and slows nobody: what is transient reaches it merged, what is journaled never gets lost.
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
    private readonly ITimer _bell;
    private readonly ITimer _heartbeat;
    private TaskCompletionSource _changed = NewSignal();
    private long _last;
    private long _tick;
    private bool _bellSet;
    private bool _ended;

    public TaskRelay(
        ITaskGrain task, Guid userId, long last, WebOptions options, TimeProvider clock, ILogger logger)
    {
        (_task, _userId, _last, _options, _clock, _logger) = (task, userId, last, options, clock, logger);
        _bell = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // One timer for all viewers: one for each wait of each would cost more than what they wait for.
        _heartbeat = clock.CreateTimer(_ => Ring(), null, options.StreamHeartbeat, options.StreamHeartbeat);
    }

    /// <summary>Completes at the next change, and when there is none for the time of a heartbeat. Take it before reading.</summary>
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

    /// <summary>Begins to follow the task.</summary>
    public void Start() => _ = PumpAsync(_stop.Token);

    /// <summary>What a viewer lacks now.</summary>
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
        _bell.Dispose();
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
                    Take(update.ToEvent());
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
                // The task's silo went away: the next watch finds the task on another and goes on after the last event.
                LogInterrupted(_logger, fault);
            }

            await Task.Delay(pause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }
    }

    private void Take(TaskEvent update)
    {
        lock (_gate)
        {
            if (update.Transient)
            {
                TakeTransient(update);
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

        Ring();
    }

    private void TakeTransient(TaskEvent update)
    {
        if (update.StepId is not { } stepId)
        {
            return;
        }

        if (!_steps.TryGetValue(stepId, out var step))
        {
            // Another generation: a viewer that has the text of an attempt that ended lacks all of this one.
            _steps[stepId] = step = new LiveStep(++_tick);
        }

        step.Merge(update, ++_tick);
        if (!_bellSet)
        {
            _bellSet = true;
            _bell.Change(_options.RelayPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            _steps.Clear();
        }

        Ring();
    }

    private void Ring()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            _bellSet = false;
            before = _changed;
            _changed = NewSignal();
        }

        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A watch was interrupted; it goes on.")]
    private static partial void LogInterrupted(ILogger logger, Exception fault);
}

/// <summary>What a viewer reads from a relay.</summary>
/// <param name="Events">In order.</param>
/// <param name="Behind">The viewer lacks events that the relay does not keep: read the journal.</param>
/// <param name="Ended">Nothing more will come.</param>
internal readonly record struct RelayRead(IReadOnlyList<TaskEvent> Events, bool Behind, bool Ended);
