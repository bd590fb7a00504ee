using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>A provider's name and whose it is. Key: the name. It belongs to the user who claims it first, for good.</summary>
[GrainInterfaceType("provider"), Alias("orkestron.provider")]
public interface IProviderGrain : IGrainWithStringKey
{
    /// <summary>Takes the name for a user; taken by the same user before, it changes nothing.</summary>
    /// <returns>
    /// <see cref="RefusalCode.Invalid"/> for what is no name, <see cref="RefusalCode.ProviderReserved"/>,
    /// <see cref="RefusalCode.ProviderTaken"/> when it is another user's.
    /// </returns>
    [Alias("claim")]
    Task<Outcome<ProviderView>> ClaimAsync(Guid userId);

    /// <summary>The name as it stands, or null when nobody has it.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ProviderView?> GetAsync();

    /// <summary>Notes that an agent of this provider was published.</summary>
    /// <returns><see cref="RefusalCode.TooMany"/> when the provider has all it may have.</returns>
    [Alias("add-agent")]
    Task<Outcome<ProviderView>> AddAgentAsync(string name);
}
