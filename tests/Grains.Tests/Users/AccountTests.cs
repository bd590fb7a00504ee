using Orkestron.Domain;
using Orkestron.Domain.Consent;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Consent;
using Orkestron.GrainInterfaces.Users;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tests.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Users;

[Collection("silo")]
public sealed class AccountTests(TestSilo silo)
{
    private const string Password = "correct horse battery";
    private readonly Guid _userId = Guid.NewGuid();

    private string Address => $"Ada.{_userId:N}@Example.org";

    private IEmailGrain Email => silo.Grains.GetGrain<IEmailGrain>(EmailKeys.Of(Address));

    private IUserGrain User => silo.Grains.GetGrain<IUserGrain>(_userId);

    private RegisterAccount Command =>
        new(_userId, Address, Password, "Ada", Over18: true, PrivacyPolicy.Current.Version);

    private async Task<long> AvailableAsync() =>
        (await silo.Grains.GetGrain<IWalletGrain>(_userId).GetAsync()).AvailableMicro;

    [Fact]
    public async Task Register_NewAddress_OpensAccountWithConsentRecordAndTokens()
    {
        var view = (await Email.RegisterAsync(Command)).Value!;

        Assert.Equal((_userId, "Ada", EmailKeys.Normalise(Address), false), (view.Id, view.DisplayName, view.Email, view.Guest));
        Assert.Equal(100_000_000, await AvailableAsync());
        var consent = await silo.Grains.GetGrain<IConsentGrain>(_userId).GetAsync();
        Assert.Equal((PrivacyPolicy.Current.Version, PrivacyPolicy.Current.Sha256), (consent.PolicyVersion, consent.PolicySha256));
        Assert.Empty(consent.Given);
        Assert.Equal(view, (await Email.SignInAsync(Password)).Value);
    }

    [Fact]
    public async Task Register_Again_IsTheSameAccountAndOneGrant()
    {
        var first = await Email.RegisterAsync(Command);
        var second = await Email.RegisterAsync(Command);

        Assert.Equal(first.Value, second.Value);
        Assert.Equal(100_000_000, await AvailableAsync());
    }

    [Fact]
    public async Task Register_AddressInUse_OpensAnAccountBesideIt()
    {
        var first = (await Email.RegisterAsync(Command)).Value!;
        var command = Command with { UserId = Guid.NewGuid(), Password = "another password", DisplayName = "Second" };

        var second = (await Email.RegisterAsync(command)).Value!;

        Assert.Equal((command.UserId, "Second", first.Email), (second.Id, second.DisplayName, second.Email));
        await TestSilo.DeactivateAsync(Email);
        Assert.Equal(first, (await Email.SignInAsync(Password)).Value);
        Assert.Equal(second, (await Email.SignInAsync(command.Password)).Value);
        Assert.Equal(RefusalCode.BadCredentials, (await Email.SignInAsync("neither of both")).Refusal!.Code);
    }

    [Fact]
    public async Task Register_WithThePasswordOfAnAccount_IsThatAccount()
    {
        var first = (await Email.RegisterAsync(Command)).Value!;

        var again = await Email.RegisterAsync(Command with { UserId = Guid.NewGuid(), DisplayName = "Forgot it" });

        Assert.Equal(first, again.Value);
        Assert.Equal(100_000_000, await AvailableAsync());
    }

    [Fact]
    public async Task Register_AGuestWithThePasswordOfAnAccount_IsToldAndStaysAGuest()
    {
        await Email.RegisterAsync(Command);
        var guest = silo.Grains.GetGrain<IUserGrain>(Guid.NewGuid());
        await guest.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version));

        var refused = await Email.RegisterAsync(Command with { UserId = guest.GetPrimaryKey() });

        Assert.Equal(RefusalCode.Conflict, refused.Refusal!.Code);
        Assert.True((await guest.GetAsync()).Value!.Guest);
    }

    [Fact]
    public async Task Register_TheSameAccountWithAnotherPassword_IsRefused()
    {
        await Email.RegisterAsync(Command);

        var refused = await Email.RegisterAsync(Command with { Password = "another password" });

        Assert.Equal(RefusalCode.Conflict, refused.Refusal!.Code);
        Assert.True((await Email.SignInAsync(Password)).Accepted);
    }

    [Fact]
    public async Task Register_BeyondTheMostAccountsOfAnAddress_IsRefused()
    {
        for (var i = 0; i < new AccountOptions().MaxAccountsPerEmail; i++)
        {
            Assert.True((await Email.RegisterAsync(Command with { UserId = Guid.NewGuid(), Password = $"{Password} {i}" })).Accepted);
        }

        Assert.Equal(RefusalCode.TooMany, (await Email.RegisterAsync(Command)).Refusal!.Code);
    }

    [Fact]
    public async Task Register_EveryFieldWrong_NamesEach()
    {
        var refusal = (await Email.RegisterAsync(
            Command with { Email = "ada", Password = "short", DisplayName = " " })).Refusal!;

        Assert.Equal(RefusalCode.Invalid, refusal.Code);
        Assert.Equal(["/email", "/password", "/displayName"], refusal.Errors.Select(error => error.Path));
    }

    [Fact]
    public async Task Register_WithoutDeclarations_SaysWhichIsMissing()
    {
        Assert.Equal(RefusalCode.AgeRequired, (await Email.RegisterAsync(Command with { Over18 = false })).Refusal!.Code);
        Assert.Equal(
            RefusalCode.PolicyVersionStale, (await Email.RegisterAsync(Command with { PolicyVersion = 0 })).Refusal!.Code);
        Assert.Equal(RefusalCode.BadCredentials, (await Email.SignInAsync(Password)).Refusal!.Code);
    }

    [Fact]
    public async Task Guest_UpgradedToAnAccount_GetsTheDifferenceOnce()
    {
        var guest = (await User.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version))).Value!;
        Assert.True(guest.Guest);
        Assert.Equal(20_000_000, await AvailableAsync());

        await Email.RegisterAsync(Command);
        var again = (await User.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version))).Value!;

        Assert.False(again.Guest);
        Assert.Equal(guest.CreatedAt, again.CreatedAt);
        Assert.Equal(100_000_000, await AvailableAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Register_StoreFailsAtAnyWrite_TheSameCommandFinishesForGood(int write)
    {
        silo.Cold.FailAt(write);
        await Assert.ThrowsAnyAsync<Exception>(() => Email.RegisterAsync(Command));

        var opened = await Email.RegisterAsync(Command);
        Assert.True(opened.Accepted);

        // What was answered must outlive the activation that answered.
        await TestSilo.DeactivateAsync(Email);
        await TestSilo.DeactivateAsync(User);
        Assert.Equal(opened.Value, (await Email.SignInAsync(Password)).Value);
        Assert.Equal(100_000_000, await AvailableAsync());
    }

    [Theory]
    [InlineData(Password)]
    [InlineData("another password")]
    public async Task Register_AfterOneThatBrokeOffBeforeItsAccount_IsItsOwn(string password)
    {
        // The account is noted, and not stored.
        silo.Cold.FailAt(2);
        await Assert.ThrowsAnyAsync<Exception>(() => Email.RegisterAsync(Command));
        var second = Command with { UserId = Guid.NewGuid(), Password = password, DisplayName = "Second" };

        var opened = (await Email.RegisterAsync(second)).Value!;

        Assert.Equal((second.UserId, "Second"), (opened.Id, opened.DisplayName));
        Assert.Equal(opened, (await Email.SignInAsync(password)).Value);
        Assert.Equal(RefusalCode.NotFound, (await User.GetAsync()).Refusal!.Code);
        Assert.Equal(0, await AvailableAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignIn_AfterARegistrationThatBrokeOffWithItsAccountStored_FinishesIt(bool guest)
    {
        if (guest)
        {
            await User.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version));
        }

        // Noted and stored; the entry that it is open is not.
        silo.Cold.FailAt(3);
        await Assert.ThrowsAnyAsync<Exception>(() => Email.RegisterAsync(Command));

        var signedIn = (await Email.SignInAsync(new SignIn(Password, Address, "192.0.2.1", null))).Value!;

        Assert.Equal((_userId, "Ada", false), (signedIn.Id, signedIn.DisplayName, signedIn.Guest));
        Assert.Equal(100_000_000, await AvailableAsync());
        Assert.Equal(signedIn, (await Email.RegisterAsync(Command)).Value);
    }

    [Fact]
    public async Task Register_AfterAGuestsUpgradeThatNeverBegan_LeavesTheGuestAsItWas()
    {
        await User.OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version));
        silo.Cold.FailAt(2);
        await Assert.ThrowsAnyAsync<Exception>(() => Email.RegisterAsync(Command));

        var second = await Email.RegisterAsync(Command with { UserId = Guid.NewGuid(), Password = "another password" });

        Assert.True(second.Accepted);
        Assert.True((await User.GetAsync()).Value!.Guest);
        Assert.Equal(20_000_000, await AvailableAsync());
    }

    [Fact]
    public async Task Get_AfterALaterPolicyWasAccepted_TellsThatVersion()
    {
        await Email.RegisterAsync(Command);
        var consent = silo.Grains.GetGrain<IConsentGrain>(_userId);
        await TestSilo.DeactivateAsync(consent);

        // What a later release of this program, with a second version of the policy, writes.
        var accepted = new PolicyAccepted(2, "00", true, "account page");
        await silo.Journal.AppendAsync(new Append
        {
            Stream = $"consent/{_userId:N}",
            ExpectedVersion = 1,
            AppendId = Guid.NewGuid(),
            Events =
            [
                new(
                    PolicyAccepted.Name,
                    silo.Clock.GetUtcNow(),
                    EventCodec.Write<ConsentEvent>(accepted, ConsentJson.Default.ConsentEvent),
                    default),
            ],
        });

        Assert.Equal(2, (await consent.GetAsync()).PolicyVersion);
        Assert.Equal(2, (await User.GetAsync()).Value!.PolicyVersion);
        Assert.Equal(2, (await Email.SignInAsync(Password)).Value!.PolicyVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_WrongPasswordsInARow_HaveToWait(bool registered)
    {
        if (registered)
        {
            await Email.RegisterAsync(Command);
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(RefusalCode.BadCredentials, (await Email.SignInAsync("wrong password")).Refusal!.Code);
        }

        // An unknown address answers as a known one does.
        Assert.Equal(RefusalCode.TooMany, (await Email.SignInAsync(Password)).Refusal!.Code);
        silo.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(registered, (await Email.SignInAsync(Password)).Accepted);
    }

    [Fact]
    public async Task SignIn_TheOwnerElsewhereOrOnAKnownDevice_IsNotStoppedByAGuesser()
    {
        await Email.RegisterAsync(Command);
        for (var i = 0; i < 8; i++)
        {
            await Email.SignInAsync(new SignIn("wrong password", Address, "192.0.2.1", null));
        }

        var guesser = await Email.SignInAsync(new SignIn(Password, Address, "192.0.2.1", null));
        var owner = await Email.SignInAsync(new SignIn(Password, Address, "192.0.2.2", null));
        var neighbour = await Email.SignInAsync(new SignIn(Password, Address, "192.0.2.1", "a device of the owner's"));

        Assert.Equal(RefusalCode.TooMany, guesser.Refusal!.Code);
        Assert.Equal((_userId, _userId), (owner.Value!.Id, neighbour.Value!.Id));
    }
}
