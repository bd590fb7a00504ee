using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Grains.Catalogue;

/// <summary>Chooses the version of an agent that a task gets, and checks who may run it.</summary>
internal sealed class AgentChoice(AgentVersions versions, IGrainFactory grains, TimeProvider clock, AgentOptions options)
{
    private readonly AgentQuotes _quotes = new(options.MaxQuotes, options.QuoteAge);

    /// <summary>What a user's task gets, or a user is quoted.</summary>
    /// <param name="taskId">The task; null for a quote.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="version">A version by name; null for what the rollout says.</param>
    public Task<Outcome<AgentManifest>> ForUserAsync(Guid? taskId, Guid userId, string? version)
    {
        if (versions.Current is not { } current)
        {
            return Task.FromResult<Outcome<AgentManifest>>(versions.NotFound());
        }

        return !versions.IsUnlisted && (version is null || version == current.Version)
            ? Task.FromResult<Outcome<AgentManifest>>(
                Quote(taskId, userId, versions.Public(version is null ? versions.Choose(taskId, current) : current)!))
            : ForOwnerAsync(taskId, userId, version, current);
    }

    /// <summary>What a task gets when an agent of a provider calls.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="provider">Whose agent calls.</param>
    public Task<Outcome<AgentManifest>> ForProviderAsync(Guid taskId, string provider)
    {
        if (versions.Current is not { } current)
        {
            return Task.FromResult<Outcome<AgentManifest>>(versions.NotFound());
        }

        return !versions.IsUnlisted || provider == current.Provider
            ? Task.FromResult<Outcome<AgentManifest>>(versions.Public(versions.Choose(taskId, current))!)
            : ForProviderOfSameOwnerAsync(taskId, provider, current);
    }

    /// <summary>Remembers a price that is quoted, and adds the quoted price to what a task gets when that costs more now.</summary>
    private AgentManifest Quote(Guid? taskId, Guid userId, AgentManifest manifest)
    {
        var now = clock.GetUtcNow();
        if (taskId is null)
        {
            _quotes.Add(userId, manifest.Price, now);
            return manifest;
        }

        return _quotes.Before(userId, manifest.Price, now) is { } quoted ? manifest with { Quoted = quoted } : manifest;
    }

    // The owner tests a version before others may run it. Only then is the provider asked for its owner.
    private async Task<Outcome<AgentManifest>> ForOwnerAsync(Guid? taskId, Guid userId, string? version, AgentManifest current)
    {
        var provider = await grains.GetGrain<IProviderGrain>(current.Provider).GetAsync();
        if (provider?.OwnerId != userId)
        {
            return versions.IsUnlisted
                ? versions.NotFound()
                : Refuse.With(
                    RefusalCode.Forbidden,
                    $"Only the provider of {current.Key} runs another version than the current one, {current.Version}. "
                    + "Leave 'agentVersion' out.");
        }

        return (version is null ? versions.Choose(taskId, current) : versions.Find(version)) is { } manifest
            ? versions.Public(manifest)!
            : versions.NotKept(version!);
    }

    private async Task<Outcome<AgentManifest>> ForProviderOfSameOwnerAsync(Guid taskId, string provider, AgentManifest current) =>
        await grains.GetGrain<IProviderGrain>(provider).GetAsync() is { } caller
        && await grains.GetGrain<IProviderGrain>(current.Provider).GetAsync() is { } own
        && caller.OwnerId == own.OwnerId
            ? versions.Public(versions.Choose(taskId, current))!
            : versions.NotFound();
}
