using System.Collections.Immutable;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Waits in its queue for messages, so that a step is on its way at once and an idle queue costs nothing.</summary>
internal sealed class WorkQueueReceiver(IWorkQueueGrain queue, WorkStreamOptions options, TimeProvider clock)
    : IQueueAdapterReceiver
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<ImmutableArray<WorkMessage>>? _taking;

    // Numbers must rise for ever, also when another silo reads the queue after this one: begin at the time.
    private long _sequence = clock.GetUtcNow().Ticks;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        // A call left behind would take messages for nobody: when it outlives a stop, the answer to it is dropped, and the
        // tasks send those steps again.
        _taking ??= queue.TakeAsync(maxCount > 0 ? Math.Min(maxCount, options.MaxTaken) : options.MaxTaken);
        if (await Task.WhenAny(_taking, _stopped.Task) != _taking)
        {
            return [];
        }

        var taking = _taking;
        _taking = null;
        var taken = await taking;
        var batches = new List<IBatchContainer>(taken.Length);
        foreach (var message in taken)
        {
            batches.Add(new WorkBatch(message.Agent, message.Work, ++_sequence));
        }

        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout)
    {
        _stopped.TrySetResult();
        return Task.CompletedTask;
    }
}
