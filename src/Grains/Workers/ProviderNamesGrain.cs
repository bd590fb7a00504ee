using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Workers;

[GrainType("provider-names")]
internal sealed class ProviderNamesGrain(
    [PersistentState("provider-names", StorageNames.Cold)] IPersistentState<ProviderNamesRecord> stored,
    IOptions<ProviderOptions> options) : Grain, IProviderNamesGrain
{
    public async Task<Outcome<ProviderView>> ClaimAsync(string name)
    {
        // Not every text can name a grain.
        if (!ProviderNames.IsName(name))
        {
            return ProviderNames.Refuse(name)!;
        }

        var names = stored.State.Names;
        var known = names.Contains(name);
        if (!known && names.Count >= options.Value.MaxNames)
        {
            return Refuse.With(
                RefusalCode.TooMany, $"You have {names.Count} provider names, as many as one account may have.");
        }

        // Claimed before it is listed: a crash between the two is healed by the next publication under the name.
        var claimed = await GrainFactory.GetGrain<IProviderGrain>(name).ClaimAsync(this.GetPrimaryKey());
        if (claimed.Accepted && !known)
        {
            names.Add(name);
            await stored.SaveAsync(this);
        }

        return claimed;
    }

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(stored.State.Names.ToImmutableArray());
}

/// <summary>What is stored of a user's provider names.</summary>
[GenerateSerializer, Alias("orkestron.provider-names-record")]
internal sealed class ProviderNamesRecord
{
    [Id(0)]
    public List<string> Names { get; set; } = [];
}
