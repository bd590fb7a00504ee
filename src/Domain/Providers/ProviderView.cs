using System.Collections.Immutable;

namespace Orkestron.Domain.Providers;

/// <summary>A provider.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OwnerId">The user it belongs to.</param>
/// <param name="Agents">The names of its agents, in the order they were published first.</param>
[GenerateSerializer, Immutable, Alias("orkestron.provider-view")]
public sealed record ProviderView(
    [property: Id(0)] string Name, [property: Id(1)] Guid OwnerId, [property: Id(2)] ImmutableArray<string> Agents);
