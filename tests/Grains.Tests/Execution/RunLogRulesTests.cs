using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>What the log of an agent says of one run.</summary>
public sealed class RunLogRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentManifest Agreed = TestManifest.Of("1.2.0") with { Price = new AgentPricing(1_000, 0, 0) };

    [Theory]
    // Started and ended, ms after now; waiting since, or null: worked, waited.
    [InlineData(0, 40, -25, 40L, 25L)]
    [InlineData(0, 0, 0, 0L, 0L)]
    [InlineData(0, 40, null, 40L, null)]
    // By clocks of two silos that differ.
    [InlineData(0, -5, 7, 0L, 0L)]
    public void Entry_Always_HasTimesThatAreNotNegative(int started, int ended, int? since, long worked, long? waited)
    {
        var entry = Entry(End(null, started, ended), since: since is { } at ? Now.AddMilliseconds(at) : null);

        Assert.Equal((worked, waited), (entry.Milliseconds, entry.WaitMilliseconds));
    }

    [Theory]
    [InlineData(null, 0, 1_000L)]
    [InlineData(null, 2_000, 800L)]
    [InlineData("agent_fault", 2_000, 0L)]
    public void Entry_OfARun_EarnsThePriceLessTheFeeWhenItAnswered(string? code, int feeBasisPoints, long earned) =>
        Assert.Equal(earned, Entry(End(code), feeBasisPoints: feeBasisPoints).EarnedMicro);

    [Fact]
    public void Entry_WithoutTheWork_LeavesOpenWhatOnlyThatTells()
    {
        var entry = RunLogRules.Entry(8, null, Agreed, End(null), null, 0, own: false, 0);

        Assert.Equal((8L, "1.2.0", LoggedRun.Succeeded), (entry.Number, entry.Version, entry.Outcome));
        Assert.Equal((null, (int?)null, 2), (entry.EarnedMicro, entry.InputBytes, entry.OutputBytes));
    }

    [Theory]
    [InlineData(3, "agent_fault")]
    [InlineData(60, "agent_fault")]
    [InlineData(200, "agent_fault")]
    public void Entry_OfAFailure_CountsLostRunsAndCutsTheCode(int length, string prefix)
    {
        var code = string.Concat(prefix, new string('x', 200))[..length];

        var entry = Entry(End(code), lost: 2, own: true);

        Assert.Equal((3, true, Math.Min(length, 60)), (entry.Attempt, entry.Own, entry.Outcome.Length));
        Assert.StartsWith(entry.Outcome, code);
    }

    private static LoggedRun Entry(
        StepEnd end, DateTimeOffset? since = null, int lost = 0, bool own = false, int feeBasisPoints = 0) => RunLogRules.Entry(
            1,
            new WorkItem(Guid.Empty, 1, 1, "a/b", "1.2.0", Payload.EmptyObject, Now.AddHours(1)),
            Agreed,
            end,
            since,
            lost,
            own,
            feeBasisPoints);

    private static StepEnd End(string? code, int started = 0, int ended = 10) => new()
    {
        StepId = 1,
        Attempt = 1,
        StartedAt = Now.AddMilliseconds(started),
        EndedAt = Now.AddMilliseconds(ended),
        Output = code is null ? Payload.EmptyObject : null,
        Failure = code is null ? null : new StepFailure(code, "", false, false, null),
    };
}
