using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Users;

namespace Orkestron.Grains.Tests.Users;

/// <summary>
/// How long an answer takes does not tell whether an address has an account: the same keys are made of passwords, which is
/// what takes the time.
/// </summary>
[Collection("silo")]
public sealed class EqualWorkTests(TestSilo silo)
{
    private const string Password = "correct horse battery";
    private readonly string _known = $"{Guid.NewGuid():N}@example.org";
    private readonly string _unknown = $"{Guid.NewGuid():N}@example.org";

    [Theory]
    [InlineData("wrong password")]
    [InlineData("x")]
    [InlineData("")]
    public async Task SignIn_WrongPassword_IsTheSameWorkForAnUnknownAddress(string password)
    {
        await RegisterAsync(_known, Password);

        var known = await WorkAsync(() => SignInAsync(_known, password), RefusalCode.BadCredentials);
        var unknown = await WorkAsync(() => SignInAsync(_unknown, password), RefusalCode.BadCredentials);

        Assert.Single(known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task SignIn_PasswordLongerThanAny_IsTheSameWorkForAnUnknownAddress()
    {
        await RegisterAsync(_known, Password);
        var password = new string('p', AccountRules.MaxPassword + 1);

        var known = await WorkAsync(() => SignInAsync(_known, password), RefusalCode.BadCredentials);
        var unknown = await WorkAsync(() => SignInAsync(_unknown, password), RefusalCode.BadCredentials);

        Assert.Single(known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task SignIn_WhereOneHasToWait_IsNoWorkWhetherTheAddressIsKnownOrNot()
    {
        await RegisterAsync(_known, Password);
        foreach (var address in new[] { _known, _unknown })
        {
            for (var i = 0; i < new AccountOptions().FreeFailures; i++)
            {
                await SignInAsync(address, "wrong password");
            }
        }

        Assert.Empty(await WorkAsync(() => SignInAsync(_known, Password), RefusalCode.TooMany));
        Assert.Empty(await WorkAsync(() => SignInAsync(_unknown, Password), RefusalCode.TooMany));
    }

    [Fact]
    public async Task Register_ATakenAddress_IsTheSameWorkAsAFreeOne()
    {
        await RegisterAsync(_known, Password);

        var (taken, writesTaken) = await RegisteredAsync(_known);
        var (free, writesFree) = await RegisteredAsync(_unknown);

        Assert.Single(taken);
        Assert.Equal(taken, free);
        Assert.Equal(writesTaken, writesFree);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_500)]
    [InlineData(4_000)]
    public async Task Hash_LikeAnEarlierOneOfFewerIterations_IsAsMuchWorkAsWithoutOne(int before)
    {
        var keys = new CountedKeys();
        using var earlier = new Passwords(keys, Options.Create(new AccountOptions { PasswordIterations = before }));
        using var now = new Passwords(keys, Options.Create(new AccountOptions { PasswordIterations = 4_000 }));
        var stored = await earlier.HashAsync(Password);
        keys.Take();

        var same = await now.HashLikeAsync(stored, Password);
        var known = keys.Take().Sum(static key => key.Iterations);
        await now.HashLikeAsync(null, Password);

        Assert.True(Passwords.AreEqual(stored, same));
        Assert.Equal(known, keys.Take().Sum(static key => key.Iterations));
    }

    private IEmailGrain Email(string address) => silo.Grains.GetGrain<IEmailGrain>(EmailKeys.Of(address));

    private Task<Outcome<UserView>> SignInAsync(string address, string password) =>
        Email(address).SignInAsync(new SignIn(password, address, "192.0.2.1", null));

    private Task<Outcome<UserView>> RegisterAsync(string address, string password) => Email(address).RegisterAsync(
        new RegisterAccount(Guid.NewGuid(), address, password, "Ada", Over18: true, PrivacyPolicy.Current.Version));

    private async Task<(List<MadeKey> Keys, int Writes)> RegisteredAsync(string address)
    {
        silo.Keys.Take();
        var writes = silo.Cold.Writes;
        Assert.True((await RegisterAsync(address, "another password")).Accepted);
        return (silo.Keys.Take(), silo.Cold.Writes - writes);
    }

    private async Task<List<MadeKey>> WorkAsync(Func<Task<Outcome<UserView>>> ask, RefusalCode expected)
    {
        silo.Keys.Take();
        Assert.Equal(expected, (await ask()).Refusal!.Code);
        return silo.Keys.Take();
    }
}
