using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Catalogue;

/// <summary>The versions of one agent: which are kept, and which of them new tasks get.</summary>
internal sealed class AgentVersions(
    Activation activation,
    DurableState<AgentRecord> agent,
    DurableState<VersionsRecord> kept,
    LocalAgents local,
    AgentOptions options)
{
    private const int MaxNamed = 60;

    private AgentRecord Record => agent.State;

    /// <summary>The version for all but a share of new tasks; null for an agent that was never published.</summary>
    public AgentManifest? Current => Record.Manifest;

    /// <summary>The version that a share of new tasks gets; null for none.</summary>
    public AgentManifest? Candidate => Record.Candidate is { } name ? Find(name) : null;

    /// <summary>Whether only its provider may run the agent.</summary>
    public bool IsUnlisted => Record.Unlisted;

    /// <summary>The manifest of a version; null when it is not kept, or was never published.</summary>
    public AgentManifest? Find(string version) =>
        Current is { } current && current.Version == version ? current : kept.State.Find(version);

    /// <summary>The version that the rollout gives to a task; the current one without a task.</summary>
    public AgentManifest Choose(Guid? taskId, AgentManifest current) =>
        RolloutRules.Choose(taskId, current, Candidate, Record.CandidateShare);

    /// <summary>A manifest as it leaves the agent.</summary>
    public AgentManifest? Public(AgentManifest? manifest) => Record.Public(manifest);

    /// <summary>Which versions new tasks get, and which may be brought back; null for an agent that was never published.</summary>
    /// <param name="served">The versions that processes serve; null for an agent that none serves.</param>
    public AgentRollout? Rollout(IReadOnlySet<string>? served) => Current is not { } current
        ? null
        : new AgentRollout(
            current.Version,
            Record.Candidate,
            Record.CandidateShare,
            !Record.Unlisted,
            [
                .. Record.Versions.AsEnumerable().Reverse().Select(version => new RolloutVersion(
                    version, Find(version.Version) is not null, served?.Contains(version.Version))),
            ]);

    /// <summary>Keeps a manifest, so that the tasks that agree to it find it.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="inUse">The versions of queued and running steps: they are kept as well.</param>
    public Task KeepAsync(AgentManifest manifest, IReadOnlySet<string> inUse)
    {
        // The current one as well: it may have been published before versions were kept.
        AgentManifest[] manifests = Current is { } current ? [current, manifest] : [manifest];
        return kept.ChangeAsync(record =>
        {
            foreach (var each in manifests)
            {
                record.Keep(each, inUse, options.MaxVersions, options.MaxVersionBytes);
            }

            return true;
        });
    }

    /// <summary>Gives the tasks of this silo the versions that anyone may run, so that they need not ask.</summary>
    public void PublishLocally() => local.Set(
        activation.Key,
        !activation.IsEnding && Current is { } current && !Record.Unlisted
            ? new OpenVersions(Public(current)!, Public(Candidate), Record.CandidateShare)
            : null);

    public Refusal NotFound() => Refuse.With(
        RefusalCode.AgentNotFound, $"There is no agent '{activation.Key}'. GET /api/v1/agents lists them.");

    public Refusal NotKept(string version) => Refuse.With(
        RefusalCode.NotFound,
        $"Version {(version.Length <= MaxNamed ? version : version[..MaxNamed])} of {activation.Key} is not kept, or was never "
        + "published. GET its rollout for those that are.");
}
