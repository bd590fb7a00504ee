using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Agents;

// What its provider publishes. One such command at a time, while steps run on: each decides on what those before it stored.
internal sealed partial class AgentGrain
{
    private readonly CommandQueue _commands = new(options.Value.MaxWaitingCommands, options.Value.MaxWaitingCommandBytes);

    public Task<Outcome<AgentView>> PublishAsync(AgentManifest manifest) => ReleaseAsync(new AgentRelease(manifest));

    public Task<Outcome<AgentView>> ReleaseAsync(AgentRelease release)
    {
        var manifest = release.Manifest with { Unlisted = false };
        return ManifestRules.Refuse(manifest, this.GetPrimaryKeyString()) is { } refusal
            ? Task.FromResult<Outcome<AgentView>>(refusal)
            : OneByOneAsync(() => ReleaseAsync(manifest, release), VersionsRecord.Bytes(manifest));
    }

    private async Task<Outcome<AgentView>> ReleaseAsync(AgentManifest manifest, AgentRelease release)
    {
        // The platform's own agents are the version of its program; a provider's process that starts again takes nothing back.
        var known = manifest.Transport == AgentTransports.BuiltIn
            ? Record.Manifest is { } current && ManifestDigest.Same(current, manifest)
            : Record.Knows(manifest);
        var unlisted = release.Listed is { } listed ? !listed : Record.Unlisted;
        if (!known)
        {
            if ((Record.Refuse(manifest) ?? RefuseCandidate(Record, release)) is { } refused)
            {
                return refused;
            }

            // First: a task that agrees to the new version must find it, and one of the old version the old.
            await KeepAsync(manifest);
        }

        if (!known || unlisted != Record.Unlisted)
        {
            var (now, exists) = (clock.GetUtcNow(), (Refusal?)null);
            await _agent.ChangeAsync(record =>
            {
                exists = known ? null : RefuseCandidate(record, release)
                    ?? record.Add(manifest, release.CandidateShare, now, options.Value.MaxVersions);
                record.Unlisted = exists is null ? unlisted : record.Unlisted;
                return exists is null;
            });
            if (exists is { } refused)
            {
                return refused;
            }

            OpenDesk(Record.Manifest);
            Offer();
            await LearnOwnerAsync();
            WatchHealthAsync().Ignore();
        }

        return await ListAsync() is { } full ? full : View()!;
    }

    private static Refusal? RefuseCandidate(AgentRecord record, AgentRelease release) => release.CandidateShare is not { } share
        ? null
        : record.Manifest is { } current
            ? RolloutRules.RefuseCandidate(current, release.Manifest, share)
            : Refuse.With(RefusalCode.Invalid, "The first version of an agent is its current one: leave 'candidateShare' out.");

    /// <summary>Runs a command of the provider when those before it are through.</summary>
    private async Task<Outcome<T>> OneByOneAsync<T>(Func<Task<Outcome<T>>> command, long bytes = 0)
        where T : class =>
        !_commands.HasRoom(bytes)
            ? Refuse.With(
                RefusalCode.TooMany,
                $"{_commands.Count} changes of {this.GetPrimaryKeyString()} are waiting for each other. Send this one again shortly.")
            : await _commands.RunAsync(bytes, command);

    /// <summary>Brings the list of agents in line with what is stored here.</summary>
    /// <returns>Why the agent cannot be listed; it is unlisted then.</returns>
    private async Task<Refusal?> ListAsync()
    {
        Refusal? full;
        try
        {
            full = await TellRegistryAsync();
        }
        catch (StreamBrokenException)
        {
            // The registry was on its way to another silo: the one that took over gets it. Twice changes nothing.
            full = await TellRegistryAsync();
        }

        if (full is not null)
        {
            await SetUnlistedAsync(true);
        }

        return full;
    }

    private async Task<Refusal?> TellRegistryAsync()
    {
        var registry = GrainFactory.GetGrain<IAgentRegistryGrain>(0);
        if (!Record.Unlisted)
        {
            return await registry.ListAsync(Record.Manifest!, Record.PublishedAt);
        }

        await registry.UnlistAsync(this.GetPrimaryKeyString());
        return null;
    }

    private async Task SetUnlistedAsync(bool unlisted)
    {
        await _agent.ChangeAsync(record =>
        {
            var changes = record.Unlisted != unlisted;
            record.Unlisted = unlisted;
            return changes;
        });
        Offer();
    }
}
