using Orkestron.Domain;
using Orkestron.Domain.Consent;
using Orkestron.Domain.Privacy;
using Orkestron.GrainInterfaces.Consent;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Consent;

[Collection("silo")]
public sealed class ConsentTests(TestSilo silo)
{
    private static readonly AcceptPolicy Accept =
        new(PrivacyPolicy.Current.Version, PrivacyPolicy.Current.Sha256, "web form", Over18: true);

    private readonly Guid _userId = Guid.NewGuid();

    private IConsentGrain Consent => silo.Grains.GetGrain<IConsentGrain>(_userId);

    [Fact]
    public async Task AcceptPolicy_Twice_IsRecordedOnce()
    {
        await Consent.AcceptPolicyAsync(Accept);
        var view = (await Consent.AcceptPolicyAsync(Accept)).Value!;

        var fact = Assert.Single(view.History);
        Assert.Equal(("policy.accepted", "web form"), (fact.What, fact.Method));
        Assert.Empty(view.Given);
    }

    [Fact]
    public async Task AcceptPolicy_OtherText_IsRefused()
    {
        Assert.Equal(
            RefusalCode.PolicyVersionStale, (await Consent.AcceptPolicyAsync(Accept with { Sha256 = "00" })).Refusal!.Code);
        Assert.Equal(RefusalCode.AgeRequired, (await Consent.AcceptPolicyAsync(Accept with { Over18 = false })).Refusal!.Code);
        Assert.Equal(0, (await Consent.GetAsync()).PolicyVersion);
    }

    [Fact]
    public async Task Set_GivenAndWithdrawn_IsHistoryNewestFirstAlsoAfterReactivation()
    {
        await Consent.AcceptPolicyAsync(Accept);
        await Consent.SetAsync(new SetConsent(Purposes.Improve, true, "settings"));
        await Consent.SetAsync(new SetConsent(Purposes.Improve, true, "settings"));
        Assert.Equal([Purposes.Improve], (await Consent.GetAsync()).Given);
        await Consent.SetAsync(new SetConsent(Purposes.Improve, false, "settings"));
        await TestSilo.DeactivateAsync(Consent);

        var view = await Consent.GetAsync();

        Assert.Empty(view.Given);
        Assert.Equal(
            ["consent.withdrawn", "consent.given", "policy.accepted"], view.History.Select(fact => fact.What));
    }

    [Theory]
    [InlineData(Purposes.Payments)]
    [InlineData("marketing")]
    [InlineData("")]
    public async Task Set_PurposeThatDoesNotRestOnConsent_IsInvalid(string purpose) => Assert.Equal(
        RefusalCode.Invalid, (await Consent.SetAsync(new SetConsent(purpose, true, "settings"))).Refusal!.Code);

    [Fact]
    public async Task History_Long_KeepsTheNewestHundred()
    {
        for (var i = 0; i < 101; i++)
        {
            await Consent.SetAsync(new SetConsent(Purposes.Evaluate, i % 2 == 0, "settings"));
        }

        var view = await Consent.GetAsync();
        Assert.Equal(100, view.History.Length);
        Assert.Equal("consent.given", view.History[0].What);
        Assert.Equal([Purposes.Evaluate], view.Given);
    }
}
