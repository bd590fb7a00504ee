using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>The provider names that one user has. Key: the user's id.</summary>
[GrainInterfaceType("provider-names"), Alias("orkestron.provider-names")]
public interface IProviderNamesGrain : IGrainWithGuidKey
{
    /// <summary>Claims a name for the user, within the number that a user may have.</summary>
    /// <returns>As <see cref="IProviderGrain.ClaimAsync"/>; <see cref="RefusalCode.TooMany"/> beyond the number.</returns>
    [Alias("claim")]
    Task<Outcome<ProviderView>> ClaimAsync(string name);

    /// <summary>The user's names, in the order they were claimed.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<string>> ListAsync();
}
