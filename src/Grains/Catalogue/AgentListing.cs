using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Catalogue;

/// <summary>Whether an agent is in the catalogue: what its own record says, and the registry in line with that.</summary>
internal sealed class AgentListing(
    Activation activation, DurableState<AgentRecord> agent, AgentVersions versions, IGrainFactory grains)
{
    /// <summary>Stores whether only its provider may run the agent.</summary>
    public async Task SetUnlistedAsync(bool unlisted)
    {
        await agent.ChangeAsync(record =>
        {
            var changes = record.Unlisted != unlisted;
            record.Unlisted = unlisted;
            return changes;
        });
        versions.PublishLocally();
    }

    /// <summary>Brings the registry in line with what is stored here.</summary>
    /// <returns>Why the agent cannot be listed; it is unlisted then.</returns>
    public async Task<Refusal?> UpdateAsync()
    {
        Refusal? full;
        try
        {
            full = await UpdateRegistryAsync();
        }
        catch (StreamBrokenException)
        {
            // The registry was on its way to another silo: the one that took over gets it. Twice changes nothing.
            full = await UpdateRegistryAsync();
        }

        if (full is not null)
        {
            await SetUnlistedAsync(true);
        }

        return full;
    }

    private async Task<Refusal?> UpdateRegistryAsync()
    {
        var (registry, record) = (grains.GetGrain<IAgentRegistryGrain>(0), agent.State);
        if (!record.Unlisted)
        {
            return await registry.ListAsync(record.Manifest!, record.PublishedAt);
        }

        await registry.UnlistAsync(activation.Key);
        return null;
    }
}
