using Orkestron.Domain.Privacy;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Users;

[Collection("silo")]
public sealed class SessionTests(TestSilo silo)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly OpenSession Command = new("0123", TimeSpan.FromDays(14), TimeSpan.FromDays(90));
    private readonly Guid _userId = Guid.NewGuid();

    private ISessionsGrain Sessions => silo.Grains.GetGrain<ISessionsGrain>(_userId);

    [Theory]
    [InlineData(13.9, true)]
    [InlineData(14, false)]
    public void Stands_UnusedFor(double days, bool expected) =>
        Assert.Equal(expected, SessionRules.Stands(SessionRules.Open(Command, Now), Now.AddDays(days)));

    [Theory]
    [InlineData(89.9, true)]
    [InlineData(90, false)]
    public void Stands_UsedAllTheTime_ForItsLongestAge(double days, bool expected)
    {
        var session = SessionRules.Open(Command, Now);
        session.SeenAt = Now.AddDays(days);

        Assert.Equal(expected, SessionRules.Stands(session, Now.AddDays(days)));
    }

    [Fact]
    public void MakeRoom_EndsWhatIsOverAndThenTheLongestUnused()
    {
        var sessions = Enumerable.Range(0, 4)
            .Select(i => SessionRules.Open(Command with { Session = $"{i}" }, Now.AddDays(-i * 5))).ToList();

        SessionRules.MakeRoom(sessions, Now, 3);

        Assert.Equal(["0", "1"], sessions.Select(each => each.Session));
    }

    [Fact]
    public async Task End_IsKnownForGoodAndToWhoAsksForEnds()
    {
        await Sessions.OpenAsync(Command with { Session = "one" });
        await Sessions.OpenAsync(Command with { Session = "two" });
        var ends = silo.Grains.GetGrain<IEndedSessionsGrain>(0);
        var before = (await ends.AfterAsync(new EndedCursor(Guid.Empty, 0))).Cursor;

        await Sessions.EndAsync("one");

        var heard = await ends.AfterAsync(before);
        Assert.True(heard.Whole);
        Assert.Equal(["one"], heard.Items);
        Assert.Empty((await ends.AfterAsync(heard.Cursor)).Items);
        Assert.False((await ends.AfterAsync(new EndedCursor(Guid.NewGuid(), 7))).Whole);
        await TestSilo.DeactivateAsync(Sessions);
        Assert.False(await Sessions.StandsAsync("one"));
        Assert.True(await Sessions.StandsAsync("two"));
        Assert.False(await silo.Grains.GetGrain<ISessionsGrain>(Guid.NewGuid()).StandsAsync("two"));
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(1, false)]
    [InlineData(13, false)]
    public void IsNoted_AUse_IsWorthAWriteOnceADay(double days, bool expected) =>
        Assert.Equal(expected, SessionRules.IsNoted(SessionRules.Open(Command, Now), Now.AddDays(days)));

    [Fact]
    public async Task Adopt_ACookieThatNamesNoSession_WorksForAGuestUntilOneWasEnded()
    {
        await silo.Grains.GetGrain<IUserGrain>(_userId).OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version));

        Assert.True(await Sessions.ReattachAsync(Command));
        Assert.True(await Sessions.ReattachAsync(Command));
        await Sessions.EndAsync(Command.Session);

        Assert.False(await Sessions.ReattachAsync(Command));
        Assert.False(await Sessions.ReattachAsync(Command with { Session = "another" }));
    }

    [Fact]
    public async Task Adopt_OfAnAccountWithAPassword_IsRefused()
    {
        var email = $"{_userId:N}@example.org";
        await silo.Grains.GetGrain<IEmailGrain>(EmailKeys.Of(email)).RegisterAsync(
            new RegisterAccount(_userId, email, "correct horse battery", "Ada", true, PrivacyPolicy.Current.Version));

        Assert.False(await Sessions.ReattachAsync(Command));
    }
}
