using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Execution;

/// <summary>What an agent may be expected to earn: price, less the platform's fee, times runs that answer. Pure.</summary>
internal static class EarningsRules
{
    private const int DaysOfMonth = 30;
    private const int RecentDays = 7;
    private const int UsualInput = 1_000;

    public static AgentEarnings Preview(
        AgentManifest current,
        AgentManifest? candidate,
        int share,
        RunsRecord runs,
        DateTimeOffset now,
        int feeBasisPoints,
        double? runsPerDay,
        int? inputBytes)
    {
        var week = RunBuckets.Sum(runs.Buckets, now, TimeSpan.FromDays(RecentDays));
        var sizes = runs.Runs.Select(static run => run.InputBytes).OfType<int>().Order().ToArray();
        var perDay = runsPerDay ?? (double)week.All.Runs / RecentDays;
        var bytes = inputBytes ?? (sizes.Length > 0 ? sizes[sizes.Length / 2] : UsualInput);
        var part = candidate is null ? 0 : share / 100d;
        var first = Of(current, perDay * (1 - part), bytes, feeBasisPoints, week);
        var second = candidate is null ? null : Of(candidate, perDay * part, bytes, feeBasisPoints, week);
        return new AgentEarnings(
            perDay,
            bytes,
            week.All.Runs > 0,
            first,
            second,
            first.DayMicro + (second?.DayMicro ?? 0),
            first.MonthMicro + (second?.MonthMicro ?? 0));
    }

    private static VersionEarnings Of(AgentManifest manifest, double perDay, int bytes, int feeBasisPoints, AgentMetrics week)
    {
        // A version that has not run is taken for one that always answers.
        var known = week.Versions.FirstOrDefault(each => each.Version == manifest.Version);
        var rate = known is { Runs: > 0 } ? (double)known.Succeeded / known.Runs : 1;
        var price = manifest.Price.QuoteMicro(bytes);
        var net = price - TaskSettlement.FeeMicro(price, feeBasisPoints);
        return new VersionEarnings(
            manifest.Version, perDay, rate, price, Micro(net, perDay * rate), Micro(net, perDay * rate * DaysOfMonth));
    }

    // Half of the range, so that two of them can be added.
    private static long Micro(long net, double runs) => (long)Math.Min(Math.Round(net * runs), long.MaxValue / 2);
}
