using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orleans.Concurrency;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>A message as the pulling agent delivers it.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.work-batch")]
internal sealed class WorkBatch(string agent, StepWork work, long sequence) : IBatchContainer
{
    [Id(0)]
    private readonly string _agent = agent;

    [Id(1)]
    private readonly StepWork _work = work;

    [Id(2)]
    private readonly long _sequence = sequence;

    public StreamId StreamId => StreamId.Create(WorkStream.Namespace, _agent);

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_sequence);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _work is T work ? [Tuple.Create(work, SequenceToken)] : [];

    public bool ImportRequestContext() => false;
}
