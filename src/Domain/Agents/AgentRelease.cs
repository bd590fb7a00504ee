namespace Orkestron.Domain.Agents;

/// <summary>Publishes a version of an agent. A version that was published before with the same content changes nothing.</summary>
/// <param name="Manifest">The version.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-release")]
public sealed record AgentRelease([property: Id(0)] AgentManifest Manifest)
{
    /// <summary>
    /// Percent of new tasks that a new version gets as the candidate beside the current one, 0 to
    /// <see cref="AgentRollout.MaxShare"/>; null to make it the current one.
    /// </summary>
    [Id(1)]
    public int? CandidateShare { get; init; }

    /// <summary>
    /// Whether it is in the catalogue and open to all; an agent that is not is run by its provider only. Null to leave that as
    /// it is: a new agent is listed.
    /// </summary>
    [Id(2)]
    public bool? Listed { get; init; }
}
