using System.Collections.Immutable;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>
/// Waits for messages, of its own silo and of others, so that a step is on its way at once and an idle queue costs nothing.
/// </summary>
internal sealed class WorkQueueReceiver(IWorkQueueGrain queue, WorkInbox inbox, WorkStreamOptions options, TimeProvider clock)
    : IQueueAdapterReceiver
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkBatches _batches = new();
    private Task<ImmutableArray<WorkMessage>>? _taking;
    private Task<bool>? _arrival;

    // Numbers must rise for ever, also when another silo reads the queue after this one: begin at the time.
    private long _sequence = clock.GetUtcNow().Ticks;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        var limit = maxCount > 0 ? Math.Min(maxCount, options.MaxTaken) : options.MaxTaken;
        if (!Take(limit))
        {
            // A call left behind would take messages for nobody: when it outlives a stop, the answer to it is dropped, and the
            // tasks send those steps again.
            _taking ??= queue.TakeAsync(limit);
            _arrival ??= inbox.ArrivalAsync().AsTask();
            if (await Task.WhenAny(_taking, _arrival, _stopped.Task) == _stopped.Task)
            {
                return [];
            }

            if (_taking.IsCompleted)
            {
                var taking = _taking;
                _taking = null;
                foreach (var message in await taking)
                {
                    _batches.Add(message);
                }
            }

            Take(limit);
        }

        return _batches.Drain(ref _sequence);
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout)
    {
        inbox.Close();
        _stopped.TrySetResult();
        var left = ImmutableArray.CreateBuilder<WorkMessage>();
        while (inbox.TryTake(out var message))
        {
            left.Add(message);
        }

        if (left.Count > 0)
        {
            // For the silo that reads the queue from now on. What is lost on the way the tasks send again.
            await queue.AddAsync(left.DrainToImmutable()).WaitAsync(timeout, clock).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Take(int limit)
    {
        while (_batches.Count < limit && inbox.TryTake(out var message))
        {
            _batches.Add(message);
        }

        if (_arrival is { IsCompleted: true })
        {
            _arrival = null;
        }

        return _batches.Count > 0;
    }
}
