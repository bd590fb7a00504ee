using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>
/// Writes to the queues and reads from them: those that are read on this silo through an inbox, the others through their grains.
/// </summary>
internal sealed class WorkQueueAdapter(
    string name,
    HashRingBasedStreamQueueMapper mapper,
    IGrainFactory grains,
    WorkStreamOptions options,
    IWorkStreamFaults? faults,
    TimeProvider clock) : IQueueAdapter
{
    private readonly ConcurrentDictionary<QueueId, IWorkQueueGrain> _queues = [];
    private readonly ConcurrentDictionary<QueueId, WorkInbox> _inboxes = [];

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        var agent = streamId.GetKeyAsString();
        var queue = mapper.GetQueueForStream(streamId);
        var inbox = _inboxes.GetValueOrDefault(queue);
        ImmutableArray<WorkMessage>.Builder? others = null;
        foreach (var each in events)
        {
            var work = each as WorkItem
                ?? throw new ArgumentException($"These streams carry {nameof(WorkItem)} only.", nameof(events));
            for (var copies = faults?.CopiesOf(work) ?? 1; copies > 0; copies--)
            {
                var message = new WorkMessage(agent, work);
                if (inbox?.TryAdd(message) != true)
                {
                    (others ??= ImmutableArray.CreateBuilder<WorkMessage>(1)).Add(message);
                }
            }
        }

        return others is null ? Task.CompletedTask : Queue(queue).AddAsync(others.DrainToImmutable());
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId)
    {
        // One that was here before is closed, or about to be.
        var inbox = _inboxes[queueId] = new WorkInbox(options.MaxWaiting);
        return new WorkQueueReceiver(Queue(queueId), inbox, options, clock);
    }

    private IWorkQueueGrain Queue(QueueId id) =>
        _queues.GetOrAdd(id, static (id, grains) => grains.GetGrain<IWorkQueueGrain>(id.GetNumericId()), grains);
}
