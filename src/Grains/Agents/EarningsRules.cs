using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Grains.Agents;

/// <summary>What an agent may be expected to earn: price times runs that answer. The platform takes no part of it. Pure.</summary>
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
        double? runsPerDay,
        int? inputBytes)
    {
        var week = RunBuckets.Sum(runs.Buckets, now, TimeSpan.FromDays(RecentDays));
        var sizes = runs.Runs.Select(static run => run.InputBytes).OfType<int>().Order().ToArray();
        var perDay = runsPerDay ?? (double)week.All.Runs / RecentDays;
        var bytes = inputBytes ?? (sizes.Length > 0 ? sizes[sizes.Length / 2] : UsualInput);
        var part = candidate is null ? 0 : share / 100d;
        var first = Of(current, perDay * (1 - part), bytes, week);
        var second = candidate is null ? null : Of(candidate, perDay * part, bytes, week);
        return new AgentEarnings(
            perDay,
            bytes,
            week.All.Runs > 0,
            first,
            second,
            first.DayMicro + (second?.DayMicro ?? 0),
            first.MonthMicro + (second?.MonthMicro ?? 0));
    }

    private static VersionEarnings Of(AgentManifest manifest, double perDay, int bytes, AgentMetrics week)
    {
        // A version that has not run is taken for one that always answers.
        var known = week.Versions.FirstOrDefault(each => each.Version == manifest.Version);
        var rate = known is { Runs: > 0 } ? (double)known.Succeeded / known.Runs : 1;
        var price = manifest.Price.QuoteMicro(bytes);
        return new VersionEarnings(
            manifest.Version, perDay, rate, price, Micro(price, perDay * rate), Micro(price, perDay * rate * DaysOfMonth));
    }

    // Half of the range, so that two of them can be added.
    private static long Micro(long price, double runs) => (long)Math.Min(Math.Round(price * runs), long.MaxValue / 2);
}
