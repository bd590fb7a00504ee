using System.Diagnostics;

namespace Orkestron.Benchmarks.Common;

/// <summary>What a load came to.</summary>
internal sealed record LoadResult(long Count, double PerSecond, double P50, double P99)
{
    public string Row(string name) => $"| {name} | {PerSecond:N0}/s | {P50:0.00} ms | {P99:0.00} ms |";
}

/// <summary>Keeps a number of runs in flight for a while, after a warm-up.</summary>
internal static class Load
{
    public static async Task<LoadResult> RunAsync(int inFlight, TimeSpan time, Func<Task> run)
    {
        await MeasureAsync(inFlight, time / 4, run).ConfigureAwait(false);
        return await MeasureAsync(inFlight, time, run).ConfigureAwait(false);
    }

    private static async Task<LoadResult> MeasureAsync(int inFlight, TimeSpan time, Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>(4_096);
            while (watch.Elapsed < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await run().ConfigureAwait(false);
                mine.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return mine;
        }))).ConfigureAwait(false);
        var elapsed = watch.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(each => each).Order().ToArray();
        return new LoadResult(all.Length, all.Length / elapsed, At(0.50), At(0.99));

        double At(double share) => all[Math.Min(all.Length - 1, (int)(all.Length * share))];
    }
}
