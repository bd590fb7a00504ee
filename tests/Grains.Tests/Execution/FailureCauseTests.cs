using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>Whose doing a failure is, and one definition of how long runs take.</summary>
public sealed class FailureCauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 30, 0, TimeSpan.Zero);
    private static readonly AgentOptions Limits = new() { MaxLoggedRuns = 200 };

    [Theory]
    [InlineData("script_failed", true, AgentTransports.BuiltIn, true)]
    [InlineData("sql_invalid", true, AgentTransports.BuiltIn, true)]
    [InlineData("input_invalid", true, AgentTransports.Provider, true)]
    [InlineData("denied", false, AgentTransports.BuiltIn, true)]
    [InlineData("vote_tied", false, AgentTransports.Plan, true)]
    [InlineData("denied", false, AgentTransports.Provider, false)]
    [InlineData("agent_fault", false, AgentTransports.BuiltIn, false)]
    [InlineData("provider_lost", false, AgentTransports.Provider, false)]
    [InlineData("timeout", false, AgentTransports.Http, false)]
    public void Failure_ByItsCode_IsTheUsersOrTheAgents(string code, bool refused, string transport, bool users) =>
        Assert.Equal(users, FailureCause.IsUsers(new StepFailure(code, "", false, refused, null), transport));

    [Fact]
    public void Answer_IsNobodysFailure() => Assert.False(FailureCause.IsUsers(null, AgentTransports.BuiltIn));

    [Fact]
    public void Scripts_ThatAreWrong_AreCountedApartOnBothPages()
    {
        var (record, log) = (new AgentRecord(), new RunsRecord());
        foreach (var failure in new[] { null, "script_failed", "script_failed", "agent_fault" })
        {
            var told = failure is null ? null : new StepFailure(failure, "", false, failure == "script_failed", null);
            record.Count(told, AgentTransports.BuiltIn, TimeSpan.FromMilliseconds(40), 200);
            Add(log, 40, failure, FailureCause.IsUsers(told, AgentTransports.BuiltIn));
        }

        var (shown, figures) = (record.Stats(0, 0), Metrics(log).All);

        Assert.Equal((4, 1, 2), (shown.Runs, shown.Succeeded, shown.InputErrors));
        Assert.Equal((4, 1, 2), (figures.Runs, figures.Succeeded, figures.InputErrors));
    }

    [Theory]
    [InlineData(new long[] { 7_700 }, 7_700L, 7_700L)]
    [InlineData(new long[] { 40, 41, 7_700 }, 41L, 7_700L)]
    [InlineData(new long[] { 3, 1, 2, 1_000_000 }, 2L, 1_000_000L)]
    public void Median_OfTheSameRuns_IsTheSameOnEveryPage(long[] times, long median, long most)
    {
        var (record, log) = (new AgentRecord(), new RunsRecord());
        foreach (var time in times)
        {
            record.Count(null, AgentTransports.BuiltIn, TimeSpan.FromMilliseconds(time), 200);
            Add(log, time, null, false);
        }

        var (shown, figures) = (record.Stats(0, 0), Metrics(log).All);

        Assert.Equal((median, most), (shown.P50Milliseconds, shown.P95Milliseconds));
        Assert.Equal((median, most), (figures.P50Milliseconds, figures.P95Milliseconds));
    }

    [Fact]
    public void Median_OfMoreRunsThanTheLogHas_IsReadOffTheHistogram()
    {
        var log = new RunsRecord();
        for (var i = 0; i < 300; i++)
        {
            Add(log, 7_700, null, false);
        }

        Assert.Equal((300, false), (Metrics(log).All.Runs, Metrics(log).All.P50Milliseconds == 7_700));
    }

    private static AgentMetrics Metrics(RunsRecord log) =>
        RunTimes.Exact(RunBuckets.Sum(log.Buckets, Now, TimeSpan.FromHours(1)), log.Runs);

    private static void Add(RunsRecord log, long milliseconds, string? failure, bool users) => log.Add(
        new LoggedRun(
            log.Last + 1,
            "1.0.0",
            Now.AddMilliseconds(-milliseconds),
            milliseconds,
            3,
            failure ?? LoggedRun.Succeeded,
            1,
            0,
            10,
            null,
            AgentTransports.BuiltIn)
        {
            InputError = users,
        },
        Limits);
}
