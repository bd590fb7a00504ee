using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Agents;

/// <summary>The registry of published agents and its search index. One for the cluster; key: 0.</summary>
[GrainInterfaceType("agent-registry"), Alias("orkestron.agent-registry")]
public interface IAgentRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Lists an agent, or replaces its listing. Durable when it completes; the same again changes nothing.</summary>
    /// <returns>
    /// Null, or <see cref="RefusalCode.TooMany"/> when there is no room for one that is not listed yet. The platform's own
    /// agents always have room.
    /// </returns>
    [Alias("list")]
    Task<Refusal?> ListAsync(AgentManifest manifest, DateTimeOffset publishedAt);

    /// <summary>Takes an agent out of the list. Durable when it completes; the same again changes nothing.</summary>
    [Alias("unlist")]
    Task UnlistAsync(string agent);

    /// <summary>Finds agents by words, skill, kind and price.</summary>
    [Alias("search"), AlwaysInterleave]
    Task<AgentPage> SearchAsync(AgentQuery query);
}
