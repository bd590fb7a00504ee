using System.Collections.Immutable;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Domain.Agents;

/// <summary>An agent and its figures.</summary>
/// <param name="Manifest">The version that new tasks get.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Stats">Its figures.</param>
/// <param name="Connected">The provider's processes; null for an agent that runs inside the platform.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-view")]
public sealed record AgentView(
    [property: Id(0)] AgentManifest Manifest,
    [property: Id(1)] DateTimeOffset PublishedAt,
    [property: Id(2)] AgentStats Stats,
    [property: Id(3)] AgentConnected? Connected = null)
{
    /// <summary>How its endpoint does; null for an agent that is not called by HTTP.</summary>
    [Id(40)]
    public EndpointHealth? Health { get; init; }
}
