using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Workers;

[GrainType("provider")]
internal sealed class ProviderGrain(
    [PersistentState("provider", StorageNames.Cold)] IPersistentState<ProviderRecord> stored,
    TimeProvider clock,
    IOptions<ProviderOptions> options) : Grain, IProviderGrain
{
    private ProviderRecord Record => stored.State;

    public async Task<Outcome<ProviderView>> ClaimAsync(Guid userId)
    {
        var name = this.GetPrimaryKeyString();
        if (ProviderNames.Refuse(name) is { } refusal)
        {
            // Guessed names must not fill the memory.
            DeactivateOnIdle();
            return refusal;
        }

        if (Record.OwnerId is null)
        {
            (Record.OwnerId, Record.ClaimedAt) = (userId, clock.GetUtcNow());
            await stored.SaveAsync(this);
        }

        return Record.OwnerId == userId
            ? View()!
            : Refuse.With(
                RefusalCode.ProviderTaken, $"The provider name '{name}' belongs to another account. Publish under a name of yours.");
    }

    public Task<ProviderView?> GetAsync()
    {
        if (Record.OwnerId is null)
        {
            DeactivateOnIdle();
        }

        return Task.FromResult(View());
    }

    public async Task<Outcome<ProviderView>> AddAgentAsync(string name)
    {
        if (View() is not { } view)
        {
            return Refuse.With(RefusalCode.NotFound, "Nobody has claimed this provider name yet.");
        }

        if (Record.Agents.Contains(name))
        {
            return view;
        }

        if (Record.Agents.Count >= options.Value.MaxAgents)
        {
            return Refuse.With(RefusalCode.TooMany, $"A provider has at most {options.Value.MaxAgents} agents.");
        }

        Record.Agents.Add(name);
        await stored.SaveAsync(this);
        return View()!;
    }

    private ProviderView? View() =>
        Record.OwnerId is { } owner ? new ProviderView(this.GetPrimaryKeyString(), owner, [.. Record.Agents]) : null;
}

/// <summary>What is stored of a provider.</summary>
[GenerateSerializer, Alias("orkestron.provider-record")]
internal sealed class ProviderRecord
{
    [Id(0)]
    public Guid? OwnerId { get; set; }

    [Id(1)]
    public DateTimeOffset ClaimedAt { get; set; }

    [Id(2)]
    public List<string> Agents { get; set; } = [];
}
