using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>The processes of a provider that serve an agent now.</summary>
/// <param name="Processes">How many.</param>
/// <param name="Capacity">Steps that they take at once, together.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-connected")]
public sealed record AgentConnected([property: Id(0)] int Processes, [property: Id(1)] int Capacity)
{
    /// <summary>While there are none: when one was there last; null for never.</summary>
    [Id(2)]
    public DateTimeOffset? LastSeenAt { get; init; }
}
