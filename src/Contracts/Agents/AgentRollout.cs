using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Agents;

/// <summary>Which versions of an agent new tasks get.</summary>
/// <param name="Current">The version that they get.</param>
/// <param name="Candidate">The version that a share of them gets instead; null for none.</param>
/// <param name="Share">Percent of the tasks that get the candidate, 0 to 50.</param>
/// <param name="Listed">Whether the agent is in the catalogue and open to all.</param>
/// <param name="Versions">What was published, newest first.</param>
public sealed record AgentRolloutView(
    string Current, string? Candidate, int Share, bool Listed, IReadOnlyList<RolledVersion> Versions);

/// <summary>A version that may be rolled out.</summary>
/// <param name="Version">Its name.</param>
/// <param name="PublishedAt">When it was published first.</param>
/// <param name="Digest">SHA-256 of all that was published, hexadecimal.</param>
/// <param name="Price">What a run costs.</param>
/// <param name="Kept">Whether it may be brought back.</param>
/// <param name="Served">Whether a process serves it now: while none does, tasks on it wait. Null for an agent without processes.</param>
public sealed record RolledVersion(
    string Version, DateTimeOffset PublishedAt, string Digest, ListedPrice Price, bool Kept, bool? Served);

/// <summary>Says which versions new tasks get. Running tasks stay on theirs.</summary>
/// <param name="Current">A version that is kept: an earlier one brings that back, the candidate promotes it.</param>
/// <param name="Candidate">Another one for a share of new tasks; left out for none.</param>
/// <param name="Share">Percent of new tasks for the candidate, 0 to 50; at 0 only its provider runs it, by <c>agentVersion</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AgentRolloutRequest(string? Current, string? Candidate = null, int? Share = null);
