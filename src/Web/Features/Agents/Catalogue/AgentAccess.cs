using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>Who sees which agents: one that is not listed is its provider's alone.</summary>
internal static class AgentAccess
{
    /// <summary>The agent for a user, or null: nobody learns that there is one which is not listed.</summary>
    public static async Task<AgentView?> SeenAgentAsync(this IGrainFactory grains, string provider, string name, Guid? userId)
    {
        if (!AgentEndpoints.MayBe(provider, name) || await grains.GetGrain<IAgentGrain>($"{provider}/{name}").GetAsync() is not { } agent)
        {
            return null;
        }

        return !agent.Manifest.Unlisted || await grains.OwnsProviderAsync(provider, userId) ? agent : null;
    }

    /// <summary>Whether a provider name is the user's.</summary>
    public static async Task<bool> OwnsProviderAsync(this IGrainFactory grains, string provider, Guid? userId) =>
        userId is not null && (await grains.GetGrain<IProviderGrain>(provider).GetAsync())?.OwnerId == userId;

    /// <summary>An agent for its owner; to anyone else there is none: whose it is, is nobody's business.</summary>
    public static async Task<IAgentGrain?> OwnAgentAsync(this IGrainFactory grains, string provider, string name, Guid userId) =>
        AgentEndpoints.MayBe(provider, name)
        && await grains.GetGrain<IProviderGrain>(provider).GetAsync() is { } found && found.OwnerId == userId && found.Agents.Contains(name)
            ? grains.GetGrain<IAgentGrain>($"{provider}/{name}")
            : null;
}
