using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>The log of runs, its figures and what they let expect.</summary>
public sealed class RunLogTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 30, 0, TimeSpan.Zero);
    private static readonly AgentOptions Limits = new() { MaxLoggedRuns = 5, MaxFigures = 500 };

    [Theory]
    [InlineData(0.5, new long[] { }, null)]
    [InlineData(0.5, new long[] { 0 }, 1L)]
    [InlineData(0.5, new long[] { 40, 40, 40 }, 44L)]
    [InlineData(0.95, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1_000 }, 1L)]
    [InlineData(1, new long[] { 1, 1_000 }, 1_000L)]
    [InlineData(1, new long[] { 900_000_000 }, 100_000_000L)]
    public void Percentile_OfCounts_LiesWithinItsBound(double part, long[] times, long? expected) => Assert.Equal(
        expected, Histogram.Percentile(times.Aggregate<long, long[]>([], Histogram.Count), part));

    [Fact]
    public void Percentile_OfManyTimes_IsWithinABoundOfTheExact()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var times = Enumerable.Range(0, 300).Select(_ => (long)Math.Pow(10, random.NextDouble() * 6)).ToArray();
            var exact = times.Order().ElementAt((int)Math.Ceiling(0.95 * times.Length) - 1);
            var half = times.Length / 2;
            var counts = Histogram.Merge(
                times[..half].Aggregate<long, long[]>([], Histogram.Count), times[half..].Aggregate<long, long[]>([], Histogram.Count));

            Assert.InRange(Histogram.Percentile(counts, 0.95)!.Value, exact / 2, (exact * 2) + 1);
            Assert.Equal(times.Length, counts.Sum());
        }
    }

    [Fact]
    public void Metrics_OverAWindow_SumTheRunsOfItByVersion()
    {
        var record = new RunsRecord();
        Add(record, Now.AddDays(-40), "0.9.0");
        Add(record, Now.AddDays(-6), "1.0.0", "timeout");
        Add(record, Now.AddDays(-6).AddHours(2), "1.0.0");
        Add(record, Now.AddHours(-5), "1.0.0");
        Add(record, Now.AddMinutes(-5), "1.1.0", "agent_fault");
        Add(record, Now.AddMinutes(-4), "1.1.0");

        var week = RunBuckets.Sum(record.Buckets, Now, TimeSpan.FromDays(7));
        var day = RunBuckets.Sum(record.Buckets, Now, TimeSpan.FromDays(1));
        var hour = RunBuckets.Sum(record.Buckets, Now, TimeSpan.FromHours(1));

        Assert.Equal((5, 3, 300), (week.All.Runs, week.All.Succeeded, week.All.EarnedMicro));
        Assert.Equal([("agent_fault", 1L), ("timeout", 1L)], week.All.Failures.Select(static each => (each.Code, each.Count)));
        Assert.Equal([("1.0.0", 3L), ("1.1.0", 2L)], week.Versions.Select(static each => (each.Version!, each.Runs)));
        Assert.Equal((3L, 2L), (day.All.Runs, hour.All.Runs));
        Assert.NotNull(hour.All.P50Milliseconds);
        Assert.NotNull(hour.All.WaitP95Milliseconds);
        // Two hours of the same old day are one bucket; what is older than a month is gone.
        Assert.DoesNotContain(record.Buckets, static each => each.Version == "0.9.0");
        Assert.Equal(24, record.Buckets.First(static each => each.Version == "1.0.0").Hours);
    }

    [Fact]
    public void Buckets_OverAYearOfRuns_StayBounded()
    {
        var buckets = new List<RunBucket>();
        for (var i = 0; i < 365 * 24; i += 3)
        {
            RunBuckets.Add(buckets, Run(i + 1, Now.AddHours(i), "1.0.0", $"code_{i}"), 500);
        }

        Assert.InRange(buckets.Count, 30, 60);
        Assert.All(buckets, static each => Assert.InRange(each.Failures.Count, 1, 21));
    }

    [Fact]
    public void Page_ThroughTheLog_GivesTheNewestFirstAndOnlyWhatIsAsked()
    {
        var record = new RunsRecord();
        for (var i = 0; i < 7; i++)
        {
            Add(record, Now.AddSeconds(i), i % 2 == 0 ? "1.0.0" : "1.1.0", i == 3 ? "timeout" : null);
        }

        var first = record.Page(new RunQuery(null, 3, null, null));
        var second = record.Page(new RunQuery(first.Next, 3, null, null));

        Assert.Equal([7L, 6, 5], first.Items.Select(static run => run.Number));
        Assert.Equal([4L, 3], second.Items.Select(static run => run.Number));
        Assert.Null(second.Next);
        Assert.Equal([4L], record.Page(new RunQuery(null, 10, RunQuery.AnyFailure, null)).Items.Select(static run => run.Number));
        Assert.Equal([4L], record.Page(new RunQuery(null, 10, "timeout", "1.1.0")).Items.Select(static run => run.Number));
        Assert.Equal([7L, 5, 3], record.Page(new RunQuery(null, 10, LoggedRun.Succeeded, "1.0.0")).Items.Select(static run => run.Number));
    }

    [Fact]
    public void Earnings_OfAnAgentWithoutRuns_AreWhatTheFeeLeavesOfPriceTimesRunsSharedWithTheCandidate()
    {
        var current = TestManifest.Of("1.0.0") with { Price = new AgentPricing(1_000, 500, 9_999) };
        var candidate = current with { Version = "1.1.0", Price = new AgentPricing(500, 500, 0) };

        var preview = EarningsRules.Preview(current, candidate, 25, new RunsRecord(), Now, 1_000, 100, 1_500);

        Assert.Equal((100, 1_500, false), (preview.RunsPerDay, preview.InputBytes, preview.FromRecentRuns));
        Assert.Equal((2_000, 135_000, 4_050_000), (preview.Current.RunMicro, preview.Current.DayMicro, preview.Current.MonthMicro));
        Assert.Equal((1_500, 33_750), (preview.Candidate!.RunMicro, preview.Candidate.DayMicro));
        Assert.Equal((168_750, 5_062_500), (preview.DayMicro, preview.MonthMicro));
    }

    [Fact]
    public void Earnings_OfAnAgentThatRan_ReckonWithItsRuns()
    {
        var record = new RunsRecord();
        for (var i = 0; i < 14; i++)
        {
            Add(record, Now.AddHours(-i), "1.0.0", i < 7 ? "timeout" : null);
        }

        var preview = EarningsRules.Preview(
            TestManifest.Of("1.0.0") with { Price = new AgentPricing(1_000, 0, 0) }, null, 0, record, Now, 0, null, null);

        Assert.Equal((2, 700, true), (preview.RunsPerDay, preview.InputBytes, preview.FromRecentRuns));
        Assert.Equal((0.5, 1_000), (preview.Current.SuccessRate, preview.Current.DayMicro));
        Assert.Null(preview.Candidate);
    }

    private static void Add(RunsRecord record, DateTimeOffset at, string version, string? failure = null) =>
        record.Add(Run(record.Last + 1, at, version, failure), Limits);

    private static LoggedRun Run(long number, DateTimeOffset at, string version, string? failure) => new(
        number, version, at, 40, 3, failure ?? LoggedRun.Succeeded, 1, failure is null ? 100 : 0, 700, failure is null ? 20 : null, "http");
}
