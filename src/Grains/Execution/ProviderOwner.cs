using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Execution;

/// <summary>Whose agent it is: the owner of a provider's name never changes.</summary>
internal sealed partial class ProviderOwner(
    Activation activation, DurableState<AgentRecord> agent, IGrainFactory grains, ILogger logger)
{
    private Guid? _id;

    /// <summary>Whether the owner runs the agent; false while the owner is not known.</summary>
    public bool IsOwn(WorkItem? work) => _id is { } owner && work?.OwnerId == owner;

    /// <summary>Asks the provider for its owner, unless that is known.</summary>
    public async Task FindAsync()
    {
        if (_id is not null || agent.State.Manifest is not { } manifest || ProviderNames.IsReserved(manifest.Provider))
        {
            return;
        }

        try
        {
            _id = (await grains.GetGrain<IProviderGrain>(manifest.Provider).GetAsync())?.OwnerId;
        }
        catch (Exception fault)
        {
            // The owner's runs count as others' until it is known.
            LogOwnerUnknown(logger, activation.Key, fault);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The owner of {Agent} could not be found out; the owner's runs count as others'.")]
    private static partial void LogOwnerUnknown(ILogger logger, string agent, Exception fault);
}
