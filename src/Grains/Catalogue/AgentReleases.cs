using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Catalogue;

/// <summary>
/// The commands of an agent's provider: publish, roll out, list. One runs at a time, while steps run on: each is decided on what
/// those before it stored.
/// </summary>
/// <param name="activation">The agent.</param>
/// <param name="agent">Where its versions are stored.</param>
/// <param name="versions">Its versions.</param>
/// <param name="listing">Its place in the catalogue.</param>
/// <param name="versionsInUse">The versions of queued and running steps.</param>
/// <param name="published">What follows when a new version, or a change of the listing, is stored.</param>
/// <param name="clock">The time.</param>
/// <param name="options">Limits.</param>
internal sealed class AgentReleases(
    Activation activation,
    DurableState<AgentRecord> agent,
    AgentVersions versions,
    AgentListing listing,
    Func<IReadOnlySet<string>> versionsInUse,
    Func<Task> published,
    TimeProvider clock,
    AgentOptions options)
{
    private readonly CommandQueue _commands = new(options.MaxWaitingCommands, options.MaxWaitingCommandBytes);

    /// <summary>Publishes a version, as the current one or as a candidate.</summary>
    /// <returns>Why not, or why it is not listed; null when done.</returns>
    public Task<Refusal?> PublishAsync(AgentRelease release)
    {
        var manifest = release.Manifest with { Unlisted = false };
        return ManifestRules.Refuse(manifest, activation.Key) is { } refusal
            ? Task.FromResult<Refusal?>(refusal)
            : OneByOneAsync(() => PublishAsync(manifest, release), VersionsRecord.Bytes(manifest));
    }

    /// <summary>Says which versions new tasks get.</summary>
    /// <returns>Why not, or why it is not listed; null when done.</returns>
    public Task<Refusal?> RollOutAsync(SetRollout command) => OneByOneAsync(() => RollOutOneAsync(command));

    /// <summary>Puts the agent into the catalogue, or takes it out.</summary>
    /// <returns>Why not; null when done.</returns>
    public Task<Refusal?> SetListedAsync(bool listed) => OneByOneAsync(async () =>
    {
        if (versions.Current is null)
        {
            return versions.NotFound();
        }

        await listing.SetUnlistedAsync(!listed);
        return await listing.UpdateAsync();
    });

    private async Task<Refusal?> PublishAsync(AgentManifest manifest, AgentRelease release)
    {
        var record = agent.State;
        // The platform's own agents are the version of its program; a provider's process that starts again takes nothing back.
        var known = manifest.Transport == AgentTransports.BuiltIn
            ? record.Manifest is { } current && ManifestDigest.Same(current, manifest)
            : record.Knows(manifest);
        var unlisted = release.Listed is { } listed ? !listed : record.Unlisted;
        if (!known)
        {
            if ((record.Refuse(manifest) ?? RolloutRules.RefuseRelease(record.Manifest, release)) is { } refused)
            {
                return refused;
            }

            // First: a task that agrees to the new version must find it, and one of the old version the old.
            await versions.KeepAsync(manifest, versionsInUse());
        }

        if (!known || unlisted != agent.State.Unlisted)
        {
            if (await StoreAsync(manifest, release, known, unlisted) is { } refused)
            {
                return refused;
            }

            versions.PublishLocally();
            await published();
        }

        return await listing.UpdateAsync();
    }

    private async Task<Refusal?> StoreAsync(AgentManifest manifest, AgentRelease release, bool known, bool unlisted)
    {
        var (now, refusal) = (clock.GetUtcNow(), (Refusal?)null);
        await agent.ChangeAsync(record =>
        {
            refusal = known
                ? null
                : RolloutRules.RefuseRelease(record.Manifest, release)
                    ?? record.Add(manifest, release.CandidateShare, now, options.MaxVersions);
            record.Unlisted = refusal is null ? unlisted : record.Unlisted;
            return refusal is null;
        });
        return refusal;
    }

    private async Task<Refusal?> RollOutOneAsync(SetRollout command)
    {
        if (versions.Current is null)
        {
            return versions.NotFound();
        }

        if (versions.Find(command.Current) is not { } current)
        {
            return versions.NotKept(command.Current);
        }

        AgentManifest? candidate = null;
        if (command.Candidate is { } name)
        {
            candidate = versions.Find(name);
            if (candidate is null)
            {
                return versions.NotKept(name);
            }

            if (RolloutRules.RefuseCandidate(current, candidate, command.Share) is { } refusal)
            {
                return refusal;
            }
        }

        // The version that is current until now is kept, like those before it.
        await versions.KeepAsync(current, versionsInUse());
        var share = candidate is null ? 0 : command.Share;
        await agent.ChangeAsync(record => record.ChangeRollout(current, candidate?.Version, share));
        versions.PublishLocally();
        return await listing.UpdateAsync();
    }

    private async Task<Refusal?> OneByOneAsync(Func<Task<Refusal?>> command, long bytes = 0) => _commands.HasRoom(bytes)
        ? await _commands.RunAsync(bytes, command)
        : Refuse.With(
            RefusalCode.TooMany,
            $"{_commands.Count} changes of {activation.Key} are waiting for each other. Send this one again shortly.");
}
