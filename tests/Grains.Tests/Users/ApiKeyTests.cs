using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Users;

[Collection("silo")]
public sealed class ApiKeyTests(TestSilo silo)
{
    private readonly Guid _userId = Guid.NewGuid();

    private IUserGrain User => silo.Grains.GetGrain<IUserGrain>(_userId);

    [Fact]
    public async Task Key_Made_StandsForItsOwnerUntilRevoked()
    {
        await OpenAsync();
        var made = (await User.CreateKeyAsync("ci", ["read"])).Value!;
        var key = silo.Grains.GetGrain<IApiKeyGrain>(ApiKeyFormat.HashOf(made.Key));

        var owner = await key.OwnerAsync();
        Assert.Equal(_userId, owner!.UserId);
        Assert.Equal(["read"], owner.Scopes);
        Assert.Equal(made.Id, Assert.Single((await User.KeysAsync()).Items).Id);

        Assert.Empty((await User.RevokeKeyAsync(made.Id)).Value!.Items);
        Assert.Null(await key.OwnerAsync());
        Assert.Equal(RefusalCode.NotFound, (await User.RevokeKeyAsync(made.Id)).Refusal!.Code);
    }

    [Fact]
    public async Task CreateKey_WithoutScopes_GetsAll()
    {
        await OpenAsync();

        Assert.True((await User.CreateKeyAsync("all", default)).Accepted);
        Assert.NotEmpty(Assert.Single((await User.KeysAsync()).Items).Scopes);
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData("ci", "everything")]
    public async Task CreateKey_WrongNameOrScope_IsInvalid(string name, string scope)
    {
        await OpenAsync();

        Assert.Equal(RefusalCode.Invalid, (await User.CreateKeyAsync(name, [scope])).Refusal!.Code);
    }

    [Fact]
    public async Task CreateKey_MoreThanTwenty_IsRefused()
    {
        await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await User.CreateKeyAsync($"key {i}", ["read"])).Accepted);
        }

        Assert.Equal(RefusalCode.TooMany, (await User.CreateKeyAsync("one more", ["read"])).Refusal!.Code);
    }

    [Fact]
    public async Task CreateKey_StoreFails_LeavesNoKeyThatVanishesLater()
    {
        await OpenAsync();
        silo.Cold.FailAt(1);
        await Assert.ThrowsAnyAsync<Exception>(() => User.CreateKeyAsync("lost", ["read"]));

        Assert.Empty((await User.KeysAsync()).Items);
    }

    [Fact]
    public async Task KeyRing_Elements_KeepTheirOrderAndOutliveTheActivation()
    {
        var ring = silo.Grains.GetGrain<IKeyRingGrain>($"ring-{_userId:N}");
        for (var i = 0; i < 102; i++)
        {
            await ring.AddAsync($"<key>{i}</key>");
        }

        await TestSilo.DeactivateAsync(ring);

        Assert.Equal(Enumerable.Range(2, 100).Select(i => $"<key>{i}</key>"), await ring.ReadAsync());
    }

    private async Task OpenAsync() =>
        Assert.True((await User.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version))).Accepted);
}
