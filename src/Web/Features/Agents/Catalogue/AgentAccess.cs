using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>Who can see which agents: an agent that is not listed is visible to its owner only.</summary>
internal static class AgentAccess
{
    /// <summary>The agent if the user may see it; otherwise null, so that nobody learns of agents that are not listed.</summary>
    public static async Task<AgentView?> VisibleAgentAsync(this IGrainFactory grains, string provider, string name, Guid? userId)
    {
        if (!AgentEndpoints.IsValidName(provider, name)
            || await grains.GetGrain<IAgentGrain>($"{provider}/{name}").GetAsync() is not { } agent)
        {
            return null;
        }

        return !agent.Manifest.Unlisted || await grains.OwnsProviderAsync(provider, userId) ? agent : null;
    }

    /// <summary>Whether a provider name belongs to the user.</summary>
    public static async Task<bool> OwnsProviderAsync(this IGrainFactory grains, string provider, Guid? userId) =>
        userId is not null && (await grains.GetGrain<IProviderGrain>(provider).GetAsync())?.OwnerId == userId;

    /// <summary>The agent if the user owns it; otherwise null.</summary>
    public static async Task<IAgentGrain?> OwnAgentAsync(this IGrainFactory grains, string provider, string name, Guid userId) =>
        AgentEndpoints.IsValidName(provider, name)
        && await grains.GetGrain<IProviderGrain>(provider).GetAsync() is { } found && found.OwnerId == userId && found.Agents.Contains(name)
            ? grains.GetGrain<IAgentGrain>($"{provider}/{name}")
            : null;
}
