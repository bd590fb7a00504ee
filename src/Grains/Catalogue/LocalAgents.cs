using System.Collections.Concurrent;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Catalogue;

/// <summary>
/// The versions that agents of this silo give to tasks, so that a task of the same silo need not call to choose one. One for each
/// silo; written by the agents' grains, read by anyone.
/// </summary>
internal sealed class LocalAgents
{
    private readonly ConcurrentDictionary<string, AgentOffer> _offers = new(StringComparer.Ordinal);

    /// <summary>The manifest of the version that a task gets; null where the agent has to be asked.</summary>
    /// <param name="agent">The agent's key.</param>
    /// <param name="taskId">The task.</param>
    public AgentManifest? Choose(string agent, Guid taskId) => _offers.TryGetValue(agent, out var offer) ? offer.Choose(taskId) : null;

    /// <summary>What an agent gives from now on; null when it has to be asked.</summary>
    public void Set(string agent, AgentOffer? offer)
    {
        if (offer is null)
        {
            _offers.TryRemove(agent, out _);
        }
        else
        {
            _offers[agent] = offer;
        }
    }
}

/// <summary>The versions of an agent that anyone may run.</summary>
/// <param name="Current">The version for all but a share of tasks.</param>
/// <param name="Candidate">The version for that share; null for none.</param>
/// <param name="Share">Percent of the tasks.</param>
internal sealed record AgentOffer(AgentManifest Current, AgentManifest? Candidate, int Share)
{
    /// <summary>The version that a task gets: the same each time.</summary>
    public AgentManifest Choose(Guid taskId) => RolloutRules.Choose(taskId, Current, Candidate, Share);
}
