namespace Orkestron.Domain.Agents;

/// <summary>A version of an agent that was published.</summary>
/// <param name="Version">Its name.</param>
/// <param name="PublishedAt">When it was published first.</param>
/// <param name="Digest">SHA-256 of all that was published, hexadecimal: the same version never changes.</param>
/// <param name="Price">What a run costs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-version")]
public sealed record AgentVersion(
    [property: Id(0)] string Version,
    [property: Id(1)] DateTimeOffset PublishedAt,
    [property: Id(2)] string Digest,
    [property: Id(3)] AgentPricing Price);
