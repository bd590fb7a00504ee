using System.Collections.Concurrent;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Catalogue;

/// <summary>
/// The versions that agents of this silo give to tasks, so that a task of the same silo need not call to choose one. One for each
/// silo; written by the agents' grains, read by anyone.
/// </summary>
internal sealed class LocalAgents
{
    private readonly ConcurrentDictionary<string, OpenVersions> _versions = new(StringComparer.Ordinal);

    /// <summary>The manifest of the version that a task gets; null where the agent has to be asked.</summary>
    /// <param name="agent">The agent's key.</param>
    /// <param name="taskId">The task.</param>
    public AgentManifest? Choose(string agent, Guid taskId) =>
        _versions.TryGetValue(agent, out var versions) ? versions.Choose(taskId) : null;

    /// <summary>The versions that tasks get from now on; null when the agent has to be asked.</summary>
    public void Set(string agent, OpenVersions? versions)
    {
        if (versions is null)
        {
            _versions.TryRemove(agent, out _);
        }
        else
        {
            _versions[agent] = versions;
        }
    }
}

/// <summary>The versions of an agent that anyone may run.</summary>
/// <param name="Current">The version for all but a share of tasks.</param>
/// <param name="Candidate">The version for that share; null for none.</param>
/// <param name="Share">Percent of the tasks.</param>
internal sealed record OpenVersions(AgentManifest Current, AgentManifest? Candidate, int Share)
{
    /// <summary>The version that a task gets: the same each time.</summary>
    public AgentManifest Choose(Guid taskId) => RolloutRules.Choose(taskId, Current, Candidate, Share);
}
