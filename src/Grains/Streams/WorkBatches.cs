using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Messages on their way out of a queue, those of one agent together: it gets them in one call.</summary>
internal sealed class WorkBatches
{
    private readonly Dictionary<string, ImmutableArray<WorkItem>.Builder> _agents = new(StringComparer.Ordinal);

    /// <summary>How many messages are in it.</summary>
    public int Count { get; private set; }

    public void Add(WorkMessage message)
    {
        if (!_agents.TryGetValue(message.Agent, out var steps))
        {
            _agents.Add(message.Agent, steps = ImmutableArray.CreateBuilder<WorkItem>(1));
        }

        steps.Add(message.Work);
        Count++;
    }

    /// <summary>All of it, the messages of each agent in their order.</summary>
    /// <param name="sequence">The number of the last batch; each gets the next one.</param>
    public IList<IBatchContainer> Drain(ref long sequence)
    {
        if (Count == 0)
        {
            return [];
        }

        var batches = new List<IBatchContainer>(_agents.Count);
        foreach (var (agent, steps) in _agents)
        {
            batches.Add(new WorkBatch(agent, steps.DrainToImmutable(), ++sequence));
        }

        _agents.Clear();
        Count = 0;
        return batches;
    }
}
