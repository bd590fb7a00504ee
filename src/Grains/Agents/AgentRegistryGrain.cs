using System.Globalization;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;
using Orleans.Concurrency;

namespace Orkestron.Grains.Agents;

[GrainType("agent-registry"), Reentrant]
internal sealed class AgentRegistryGrain(
    [PersistentState("agent-registry", StorageNames.Cold)] IPersistentState<RegistryRecord> stored) : Grain, IAgentRegistryGrain
{
    public async Task ListAsync(AgentManifest manifest, DateTimeOffset publishedAt)
    {
        // All listings are one state: plans, which nobody searches in, stay with their agents.
        manifest = manifest with { Plan = null };
        var listings = stored.State.Listings;
        if (listings.TryGetValue(manifest.Key, out var known)
            && known.PublishedAt == publishedAt && ManifestDigest.Same(known.Manifest, manifest))
        {
            return;
        }

        listings[manifest.Key] = new Listing(manifest, publishedAt);
        await stored.WriteStateAsync();
    }

    public async Task UnlistAsync(string agent)
    {
        if (stored.State.Listings.Remove(agent))
        {
            await stored.WriteStateAsync();
        }
    }

    public async Task<AgentPage> SearchAsync(AgentQuery query)
    {
        var listings = stored.State.Listings.Values;
        var found = AgentSearch.Find(listings, query);
        var offset = int.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var limit = Math.Clamp(query.Limit, 1, 100);
        var page = found.Skip(offset).Take(limit).ToArray();
        var views = await Task.WhenAll(page.Select(async listing =>
            await GrainFactory.GetGrain<IAgentGrain>(listing.Manifest.Key).GetAsync()));
        var next = offset + page.Length;
        return new AgentPage(
            [.. views.OfType<AgentView>()],
            next < found.Count ? next.ToString(CultureInfo.InvariantCulture) : null,
            [.. listings.SelectMany(static each => each.Manifest.Skills).Distinct().Order(StringComparer.Ordinal)],
            found.Count);
    }
}

/// <summary>What is stored of the registry.</summary>
[GenerateSerializer, Alias("orkestron.registry-record")]
internal sealed class RegistryRecord
{
    [Id(0)]
    public Dictionary<string, Listing> Listings { get; set; } = [];
}

/// <summary>A published agent.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.listing")]
internal sealed record Listing([property: Id(0)] AgentManifest Manifest, [property: Id(1)] DateTimeOffset PublishedAt);
