using System.Collections.Immutable;
using Orkestron.Domain;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>A process and what it runs of one agent.</summary>
/// <param name="ProcessId">Names the process for as long as it lives, over all its connections.</param>
/// <param name="Session">Rises with each connection of the process.</param>
/// <param name="Link">Where to hand steps.</param>
/// <param name="Version">The agent's version that it runs.</param>
/// <param name="Capacity">Steps at once; 0 when it takes no more.</param>
/// <param name="Running">What it runs, or has ended without an acknowledgement.</param>
[GenerateSerializer, Immutable, Alias("orkestron.provider-link-state")]
public sealed record ProviderLinkState(
    [property: Id(0)] string ProcessId,
    [property: Id(1)] long Session,
    [property: Id(2)] IProviderLink Link,
    [property: Id(3)] string Version,
    [property: Id(4)] int Capacity,
    [property: Id(5)] ImmutableArray<StepKey> Running);
