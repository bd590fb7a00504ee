using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a node believes of API keys, and for how long.</summary>
public sealed class KeyCheckTests(WebNode node)
{
    private static readonly WebOptions Settings = new();

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Key_RevokedElsewhere_IsBelievedNoLongerThanTheSettingSays()
    {
        var keys = Checks();
        using var guest = await node.GuestAsync();
        var (id, hash) = await MadeAsync(guest);
        Assert.Equal(guest.UserId, (await keys.OwnerAsync(hash))?.UserId());

        await node.Grains.GetGrain<IUserGrain>(guest.UserId).RevokeKeyAsync(id);
        _clock.Advance(Settings.KeyCheck - TimeSpan.FromMilliseconds(1));
        Assert.True(keys.IsCached(hash));
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(keys.IsCached(hash));
        Assert.Null(await keys.OwnerAsync(hash));
        Assert.InRange(Settings.KeyCheck, TimeSpan.Zero, TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task Key_RevokedHere_IsLookedUpAgainAtOnceAndOthersKeysAreNot()
    {
        var keys = Checks();
        using var guest = await node.GuestAsync();
        using var other = await node.GuestAsync();
        var (id, hash) = await MadeAsync(guest);
        var (_, stays) = await MadeAsync(other);
        await Task.WhenAll(keys.OwnerAsync(hash), keys.OwnerAsync(stays));

        await node.Grains.GetGrain<IUserGrain>(guest.UserId).RevokeKeyAsync(id);
        keys.Forget(guest.UserId);

        Assert.Null(await keys.OwnerAsync(hash));
        Assert.True(keys.IsCached(stays));
    }

    [Fact]
    public async Task Unknown_Key_IsNotKept()
    {
        var keys = Checks();
        var hash = ApiKeyFormat.HashOf(ApiKeyFormat.Create());
        Assert.Null(await keys.OwnerAsync(hash));
        Assert.False(keys.IsCached(hash));

        await node.Grains.GetGrain<IApiKeyGrain>(hash).OpenAsync(new ApiKeyOwner(Guid.NewGuid(), ["read"]));
        Assert.NotNull(await keys.OwnerAsync(hash));
    }

    [Fact]
    public async Task LookUps_OfOneKeyAtOnce_AreShared()
    {
        var keys = Checks();
        using var guest = await node.GuestAsync();
        var (_, hash) = await MadeAsync(guest);

        var owners = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => keys.OwnerAsync(hash)));

        Assert.Single(owners.Distinct());
    }

    private static async Task<(Guid Id, string Hash)> MadeAsync(ApiClient guest)
    {
        var made = await guest.CreateKeyAsync("read");
        return (made.Id, ApiKeyFormat.HashOf(made.Key));
    }

    private KeyChecks Checks() => new(node.Grains, _clock, Options.Create(Settings));
}
