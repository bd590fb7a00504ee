using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>Which versions of an agent new tasks get.</summary>
/// <param name="Current">The version that they get.</param>
/// <param name="Candidate">The version that a share of them gets instead; null for none.</param>
/// <param name="Share">Percent of the tasks that get the candidate, 0 to <see cref="MaxShare"/>.</param>
/// <param name="Listed">Whether it is in the catalogue and open to all.</param>
/// <param name="Versions">What was published, newest first.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-rollout")]
public sealed record AgentRollout(
    [property: Id(0)] string Current,
    [property: Id(1)] string? Candidate,
    [property: Id(2)] int Share,
    [property: Id(3)] bool Listed,
    [property: Id(4)] ImmutableArray<RolloutVersion> Versions)
{
    /// <summary>The largest share of a candidate, in percent: beyond it, it is the current one.</summary>
    public const int MaxShare = 50;
}

/// <summary>A version that may be rolled out.</summary>
/// <param name="Version">What was published.</param>
/// <param name="Kept">Whether it may be brought back: very old ones are not kept.</param>
/// <param name="Served">Whether a process serves it now; null for an agent that no process serves.</param>
[GenerateSerializer, Immutable, Alias("orkestron.rollout-version")]
public sealed record RolloutVersion(
    [property: Id(0)] AgentVersion Version, [property: Id(1)] bool Kept, [property: Id(2)] bool? Served);

/// <summary>Says which versions new tasks get. Running tasks stay on theirs.</summary>
/// <param name="Current">A version that is kept.</param>
/// <param name="Candidate">Another one; null for none.</param>
/// <param name="Share">Percent of new tasks for the candidate, 0 to <see cref="AgentRollout.MaxShare"/>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.set-rollout")]
public sealed record SetRollout([property: Id(0)] string Current, [property: Id(1)] string? Candidate, [property: Id(2)] int Share);
