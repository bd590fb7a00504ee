using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Users;

[GrainType("api-key")]
internal sealed class ApiKeyGrain(
    [PersistentState("api-key", StorageNames.Cold)] IPersistentState<ApiKeyRecord> stored) : Grain, IApiKeyGrain
{
    public Task<ApiKeyOwner?> OwnerAsync()
    {
        if (stored.State.Owner is null)
        {
            // Guessed keys must not fill the memory.
            DeactivateOnIdle();
        }

        return Task.FromResult(stored.State.Owner);
    }

    public Task OpenAsync(ApiKeyOwner owner)
    {
        stored.State.Owner = owner;
        return stored.SaveAsync(this);
    }

    public Task CloseAsync() => stored.ClearStateAsync();
}

/// <summary>Whom a key stands for; null for an unknown or revoked one.</summary>
[GenerateSerializer, Alias("orkestron.api-key-record")]
internal sealed class ApiKeyRecord
{
    [Id(0)]
    public ApiKeyOwner? Owner { get; set; }
}
