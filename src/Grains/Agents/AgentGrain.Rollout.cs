using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Catalogue;

namespace Orkestron.Grains.Agents;

// Which version a new task gets.
internal sealed partial class AgentGrain
{
    private readonly AgentQuotes _quotes = new(options.Value.MaxQuotes, options.Value.QuoteAge);

    public Task<Outcome<AgentManifest>> ChooseAsync(Guid? taskId, Guid userId, string? version)
    {
        if (Record.Manifest is not { } current)
        {
            return Task.FromResult<Outcome<AgentManifest>>(Unknown());
        }

        return !Record.Unlisted && (version is null || version == current.Version)
            ? Task.FromResult<Outcome<AgentManifest>>(
                Told(taskId, userId, Shown(version is null ? Due(taskId, current) : current)!))
            : ForProviderAsync(taskId, userId, version, current);
    }

    /// <summary>Remembers what is quoted, and adds it to what a task gets when that is dearer.</summary>
    private AgentManifest Told(Guid? taskId, Guid userId, AgentManifest manifest)
    {
        var now = clock.GetUtcNow();
        if (taskId is null)
        {
            _quotes.Add(userId, manifest.Price, now);
            return manifest;
        }

        return _quotes.Before(userId, manifest.Price, now) is { } quoted ? manifest with { Quoted = quoted } : manifest;
    }

    public Task<Outcome<AgentManifest>> ChooseForProviderAsync(Guid taskId, string provider)
    {
        if (Record.Manifest is not { } current)
        {
            return Task.FromResult<Outcome<AgentManifest>>(Unknown());
        }

        return !Record.Unlisted || provider == current.Provider
            ? Task.FromResult<Outcome<AgentManifest>>(Shown(Due(taskId, current))!)
            : ForOwnerOfAsync(taskId, provider, current);
    }

    public Task<AgentRollout?> GetRolloutAsync() => Task.FromResult(Rollout());

    public Task<Outcome<AgentRollout>> SetRolloutAsync(SetRollout command) => OneByOneAsync(() => RollOutAsync(command));

    private async Task<Outcome<AgentRollout>> RollOutAsync(SetRollout command)
    {
        if (Record.Manifest is null)
        {
            return Unknown();
        }

        if (Find(command.Current) is not { } current)
        {
            return NotRecorded(command.Current);
        }

        AgentManifest? candidate = null;
        if (command.Candidate is { } name)
        {
            candidate = Find(name);
            if (candidate is null)
            {
                return NotRecorded(name);
            }

            if (RolloutRules.RefuseCandidate(current, candidate, command.Share) is { } refusal)
            {
                return refusal;
            }
        }

        // The one that leaves its place is kept, like those before it.
        await KeepAsync(current);
        var share = candidate is null ? 0 : command.Share;
        await _agent.ChangeAsync(record =>
        {
            if (record.Manifest?.Version == current.Version && record.Candidate == candidate?.Version
                && record.CandidateShare == share)
            {
                return false;
            }

            record.RollOut(current, candidate?.Version, share);
            return true;
        });
        OpenDesk(current);
        Offer();
        return await ListAsync() is { } full ? full : Rollout()!;
    }

    /// <summary>Tells the tasks of this silo which versions they get, where nobody's right has to be looked at.</summary>
    private void Offer() => local.Set(
        this.GetPrimaryKeyString(),
        !_leaving && Record is { Unlisted: false, Manifest: { } current }
            ? new AgentOffer(Shown(current)!, Shown(Candidate()), Record.CandidateShare)
            : null);

    /// <summary>The version that the rollout gives to a task.</summary>
    private AgentManifest Due(Guid? taskId, AgentManifest current) =>
        RolloutRules.Choose(taskId, current, Candidate(), Record.CandidateShare);

    private AgentManifest? Candidate() => Record.Candidate is { } name ? Find(name) : null;

    // A test run before others may: rare, so that asking whose name it is costs nobody else.
    private async Task<Outcome<AgentManifest>> ForProviderAsync(Guid? taskId, Guid userId, string? version, AgentManifest current)
    {
        var provider = await GrainFactory.GetGrain<IProviderGrain>(current.Provider).GetAsync();
        if (provider?.OwnerId != userId)
        {
            return Record.Unlisted
                ? Unknown()
                : Refuse.With(
                    RefusalCode.Forbidden,
                    $"Only the provider of {current.Key} runs another version than the current one, {current.Version}. "
                    + "Leave 'agentVersion' out.");
        }

        return (version is null ? Due(taskId, current) : Find(version)) is { } manifest ? Shown(manifest)! : NotRecorded(version!);
    }

    private async Task<Outcome<AgentManifest>> ForOwnerOfAsync(Guid taskId, string provider, AgentManifest current) =>
        await GrainFactory.GetGrain<IProviderGrain>(provider).GetAsync() is { } caller
        && await GrainFactory.GetGrain<IProviderGrain>(current.Provider).GetAsync() is { } own
        && caller.OwnerId == own.OwnerId
            ? Shown(Due(taskId, current))!
            : Unknown();

    private AgentRollout? Rollout() => Record.Manifest is not { } current
        ? null
        : new AgentRollout(
            current.Version,
            Record.Candidate,
            Record.CandidateShare,
            !Record.Unlisted,
            [
                .. Record.Versions.AsEnumerable().Reverse().Select(version => new RolloutVersion(
                    version,
                    Find(version.Version) is not null,
                    current.Transport == AgentTransports.Provider ? _desk?.Versions.Contains(version.Version) ?? false : null)),
            ]);

    private Refusal Unknown() => Refuse.With(
        RefusalCode.AgentNotFound, $"There is no agent '{this.GetPrimaryKeyString()}'. GET /api/v1/agents lists them.");

    private Refusal NotRecorded(string version) => Refuse.With(
        RefusalCode.NotFound,
        $"Version {(version.Length <= 60 ? version : version[..60])} of {this.GetPrimaryKeyString()} is not kept, or was never published. "
        + "GET its rollout for those that are.");
}
