
namespace Orkestron.Domain.Agents;

/// <summary>Keeps and sums figures by the hour, and by the day beyond two days. Pure.</summary>
internal static class RunBuckets
{
    private const int MaxCodes = 20;
    private const string OtherCodes = "other";
    private static readonly TimeSpan Hourly = TimeSpan.FromHours(48);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(31);

    /// <summary>Counts a run in its hour; folds and drops what is old.</summary>
    public static void Add(List<RunBucket> buckets, LoggedRun run, int maxBuckets)
    {
        var ended = run.StartedAt.AddMilliseconds(run.Milliseconds).ToUniversalTime();
        var hour = new DateTimeOffset(ended.Year, ended.Month, ended.Day, ended.Hour, 0, 0, TimeSpan.Zero);
        var bucket = buckets.FindLast(each => each.Version == run.Version && each.From == hour && each.Hours == 1);
        if (bucket is null)
        {
            Fold(buckets, ended);
            bucket = new RunBucket { From = hour, Version = run.Version };
            buckets.Add(bucket);
            buckets.RemoveRange(0, Math.Max(0, buckets.Count - maxBuckets));
        }

        bucket.Work = Histogram.Count(bucket.Work, run.Milliseconds);
        bucket.Wait = run.WaitMilliseconds is { } wait ? Histogram.Count(bucket.Wait, wait) : bucket.Wait;
        bucket.EarnedMicro += run.EarnedMicro ?? 0;
        bucket.OwnRuns += run.Own ? 1 : 0;
        bucket.InputErrors += run.InputError ? 1 : 0;
        if (run.Outcome == LoggedRun.Succeeded)
        {
            bucket.Succeeded++;
        }
        else
        {
            Count(bucket.Failures, run.Outcome, 1);
        }
    }

    /// <summary>The figures of what ended in a time before now.</summary>
    public static AgentMetrics Sum(IReadOnlyList<RunBucket> buckets, DateTimeOffset now, TimeSpan window)
    {
        var since = now - window;
        var within = buckets.Where(each => each.To > since).ToArray();
        return new AgentMetrics(
            within.Length == 0 ? since : within.Min(static each => each.From),
            now,
            Figures(null, within),
            [.. within.GroupBy(static each => each.Version).Select(static each => Figures(each.Key, [.. each]))]);
    }

    private static RunFigures Figures(string? version, RunBucket[] buckets)
    {
        var failures = new Dictionary<string, long>();
        foreach (var (code, count) in buckets.SelectMany(static each => each.Failures))
        {
            Count(failures, code, count);
        }

        var work = buckets.Aggregate<RunBucket, long[]>([], static (sum, each) => Histogram.Merge(sum, each.Work));
        var wait = buckets.Aggregate<RunBucket, long[]>([], static (sum, each) => Histogram.Merge(sum, each.Wait));
        return new RunFigures(
            version,
            work.Sum(),
            buckets.Sum(static each => each.Succeeded),
            [.. failures.OrderByDescending(static each => each.Value).ThenBy(static each => each.Key, StringComparer.Ordinal)
                .Select(static each => new FailureCount(each.Key, each.Value))],
            Histogram.Percentile(work, 0.5),
            Histogram.Percentile(work, 0.95),
            Histogram.Percentile(wait, 0.5),
            Histogram.Percentile(wait, 0.95),
            buckets.Sum(static each => each.EarnedMicro))
        {
            OwnRuns = buckets.Sum(static each => each.OwnRuns),
            InputErrors = buckets.Sum(static each => each.InputErrors),
        };
    }

    private static void Fold(List<RunBucket> buckets, DateTimeOffset now)
    {
        buckets.RemoveAll(each => each.To < now - Retention);
        foreach (var old in buckets.Where(each => each.Hours == 1 && each.To < now - Hourly).ToArray())
        {
            var day = new DateTimeOffset(old.From.UtcDateTime.Date, TimeSpan.Zero);
            var at = buckets.FindIndex(each => each.Hours == 24 && each.From == day && each.Version == old.Version);
            if (at < 0)
            {
                // In its place: the oldest stay in front.
                (old.From, old.Hours) = (day, 24);
                continue;
            }

            var into = buckets[at];
            buckets.Remove(old);
            into.Succeeded += old.Succeeded;
            into.EarnedMicro += old.EarnedMicro;
            into.OwnRuns += old.OwnRuns;
            into.InputErrors += old.InputErrors;
            into.Work = Histogram.Merge(into.Work, old.Work);
            into.Wait = Histogram.Merge(into.Wait, old.Wait);
            foreach (var (code, count) in old.Failures)
            {
                Count(into.Failures, code, count);
            }
        }
    }

    private static void Count(Dictionary<string, long> failures, string code, long count)
    {
        var known = failures.ContainsKey(code) || failures.Count < MaxCodes ? code : OtherCodes;
        failures[known] = failures.GetValueOrDefault(known) + count;
    }
}
