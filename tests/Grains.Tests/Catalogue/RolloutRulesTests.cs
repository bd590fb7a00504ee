using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Catalogue;

/// <summary>What a release may be, what a rollout changes, and what others see of a manifest.</summary>
public sealed class RolloutRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // Whether there is a version already, the candidate's share: refused?
    [InlineData(false, null, false)]
    [InlineData(false, 0, true)]
    [InlineData(false, 10, true)]
    [InlineData(true, null, false)]
    [InlineData(true, 10, false)]
    [InlineData(true, AgentRollout.MaxShare + 1, true)]
    public void Release_AsACandidate_NeedsACurrentVersionAndASmallShare(bool published, int? share, bool refused)
    {
        var release = new AgentRelease(TestManifest.Of("2.0.0")) { CandidateShare = share };

        var refusal = RolloutRules.RefuseRelease(published ? TestManifest.Of("1.0.0") : null, release);

        Assert.Equal(refused ? RefusalCode.Invalid : null, refusal?.Code);
    }

    [Theory]
    [InlineData("2.0.0", null, 0, false)]
    [InlineData("1.0.0", null, 0, true)]
    [InlineData("2.0.0", "1.0.0", 0, true)]
    [InlineData("2.0.0", null, 5, true)]
    public void Rollout_OfWhatIsRolledOut_ChangesNothing(string current, string? candidate, int share, bool changes)
    {
        var record = new AgentRecord();
        record.Add(TestManifest.Of("1.0.0"), null, Now, 10);
        record.Add(TestManifest.Of("2.0.0"), null, Now.AddHours(1), 10);

        Assert.Equal(changes, record.ChangeRollout(TestManifest.Of(current), candidate, share));
        Assert.Equal((current, candidate, share), (record.Manifest!.Version, record.Candidate, record.CandidateShare));
        Assert.Equal(current == "1.0.0" ? Now : Now.AddHours(1), record.PublishedAt);
        Assert.False(record.ChangeRollout(TestManifest.Of(current), candidate, share));
    }

    [Fact]
    public void Version_OfTheProgramWithAnotherContent_ReplacesTheCurrentOne()
    {
        var record = new AgentRecord();
        var builtIn = TestManifest.Of("1.0.0") with { Transport = AgentTransports.BuiltIn };
        record.Add(builtIn, null, Now, 10);

        Assert.Null(record.Add(builtIn with { Summary = "Another one." }, null, Now.AddHours(1), 10));

        Assert.Equal(("Another one.", Now.AddHours(1)), (record.Manifest!.Summary, record.PublishedAt));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Manifest_ThatOthersSee_HasNoPlanAndSaysWhetherItIsListed(bool plan, bool unlisted)
    {
        var record = new AgentRecord { Unlisted = unlisted };
        var manifest = TestManifest.Of("1.0.0") with { Plan = plan ? Payload.EmptyObject : null };

        var shown = record.Public(manifest)!;

        Assert.Equal((null, unlisted), (shown.Plan, shown.Unlisted));
        Assert.Equal(!plan && !unlisted, ReferenceEquals(manifest, shown));
        Assert.Null(record.Public(null));
    }
}
