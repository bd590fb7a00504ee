using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Writes to and reads from the queue grains.</summary>
internal sealed class WorkQueueAdapter(
    string name,
    HashRingBasedStreamQueueMapper mapper,
    IGrainFactory grains,
    WorkStreamOptions options,
    IWorkStreamFaults? faults,
    TimeProvider clock) : IQueueAdapter
{
    private readonly ConcurrentDictionary<QueueId, IWorkQueueGrain> _queues = [];

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        var agent = streamId.GetKeyAsString();
        var messages = ImmutableArray.CreateBuilder<WorkMessage>(1);
        foreach (var each in events)
        {
            var work = each as StepWork
                ?? throw new ArgumentException($"These streams carry {nameof(StepWork)} only.", nameof(events));
            for (var copies = faults?.CopiesOf(work) ?? 1; copies > 0; copies--)
            {
                messages.Add(new WorkMessage(agent, work));
            }
        }

        return messages.Count == 0
            ? Task.CompletedTask
            : Queue(mapper.GetQueueForStream(streamId)).AddAsync(messages.DrainToImmutable());
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new WorkQueueReceiver(Queue(queueId), options, clock);

    private IWorkQueueGrain Queue(QueueId id) =>
        _queues.GetOrAdd(id, static (id, grains) => grains.GetGrain<IWorkQueueGrain>(id.GetNumericId()), grains);
}
