using System.Collections.Immutable;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Features.Agents.Catalogue;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Finds the agents that a user publishes. Agents of other users are not found.</summary>
internal sealed class OwnAgents(IGrainFactory grains)
{
    /// <summary>The most agents of one account that a page shows.</summary>
    public const int MaxAgents = 200;

    /// <summary>The user's provider names, with their agents in the order they were published first.</summary>
    public async Task<ImmutableArray<ProviderView>> ProvidersAsync(Guid userId)
    {
        var names = await grains.GetGrain<IProviderNamesGrain>(userId).ListAsync();
        var found = await Task.WhenAll(names.Select(name => grains.GetGrain<IProviderGrain>(name).GetAsync()));
        return [.. found.OfType<ProviderView>()];
    }

    /// <summary>The agents of these names, at most <see cref="MaxAgents"/>.</summary>
    public async Task<ImmutableArray<AgentView>> AgentsAsync(IEnumerable<ProviderView> providers)
    {
        var keys = providers.SelectMany(static each => each.Agents.Select(agent => $"{each.Name}/{agent}")).Take(MaxAgents);
        return [.. (await Task.WhenAll(keys.Select(key => grains.GetGrain<IAgentGrain>(key).GetAsync()))).OfType<AgentView>()];
    }

    /// <summary>One agent of the user, or null.</summary>
    public async Task<AgentView?> FindAsync(Guid userId, string provider, string name) =>
        AgentEndpoints.IsValidName(provider, name)
        && (await grains.GetGrain<IProviderNamesGrain>(userId).ListAsync()).Contains(provider)
            ? await grains.GetGrain<IAgentGrain>($"{provider}/{name}").GetAsync()
            : null;

    /// <summary>The origin of an agent's HTTP endpoint; null when it has none or the origin is no longer registered.</summary>
    public async Task<EndpointView?> OriginAsync(AgentManifest manifest)
    {
        if (manifest.Endpoint is not { } endpoint)
        {
            return null;
        }

        var address = new Uri(endpoint);
        return (await grains.Get<IProviderEndpointsGrain>(manifest.Provider).ListAsync()).FirstOrDefault(each =>
            new Uri(each.Origin) is var origin
            && (origin.Scheme, origin.IdnHost, origin.Port) == (address.Scheme, address.IdnHost, address.Port));
    }
}
