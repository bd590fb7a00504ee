using Orkestron.Domain.Agents;

namespace Orkestron.Domain.Agents;

/// <summary>A published agent, as it is searched for.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.listing")]
internal sealed record Listing([property: Id(0)] AgentManifest Manifest, [property: Id(1)] DateTimeOffset PublishedAt);
