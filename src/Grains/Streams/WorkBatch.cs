using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orleans.Concurrency;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Steps for one agent, as the pulling agent delivers them.</summary>
/// <param name="agent">The agent's key: the stream's key.</param>
/// <param name="steps">The steps, at least one.</param>
/// <param name="sequence">The number of the batch.</param>
[GenerateSerializer, Immutable, Alias("orkestron.work-batch")]
internal sealed class WorkBatch(string agent, ImmutableArray<WorkItem> steps, long sequence) : IBatchContainer
{
    [Id(0)]
    private readonly string _agent = agent;

    // A silo of an earlier version reads the first step only; the tasks of the others send them again.
    [Id(1)]
    private readonly WorkItem _first = steps[0];

    [Id(2)]
    private readonly long _sequence = sequence;

    [Id(3)]
    private readonly ImmutableArray<WorkItem> _others = steps.RemoveAt(0);

    public StreamId StreamId => StreamId.Create(WorkStream.Namespace, _agent);

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_sequence);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>()
    {
        var token = SequenceToken;
        if (_first is T first)
        {
            yield return Tuple.Create(first, token);
        }

        foreach (var step in _others.IsDefault ? [] : _others)
        {
            if (step is T other)
            {
                yield return Tuple.Create(other, token);
            }
        }
    }

    public bool ImportRequestContext() => false;
}
