using System.Diagnostics;
using System.Runtime;

namespace Orkestron.Benchmarks.Common;

/// <summary>What a load came to.</summary>
/// <param name="Count">Runs.</param>
/// <param name="PerSecond">Runs a second.</param>
/// <param name="P50">Median, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
/// <param name="Cpu">Processor time of this process a run, milliseconds; the database's is not in it.</param>
internal sealed record LoadResult(long Count, double PerSecond, double P50, double P99, double Cpu)
{
    public string Row(string name) => $"| {name} | {PerSecond:N0}/s | {P50:0.00} ms | {P99:0.00} ms | {Cpu:0.00} ms |";
}

/// <summary>Keeps a number of runs in flight for a while, after a warm-up.</summary>
internal static class Load
{
    private const int MaxWarmUps = 18;
    private const int FewMethods = 100;

    public static async Task<LoadResult> RunAsync(int inFlight, TimeSpan time, Func<Task> run)
    {
        await MeasureAsync(inFlight, time / 4, run).ConfigureAwait(false);
        return await MeasureAsync(inFlight, time, run).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs until the compiler has little left to do: it takes a minute of runs to settle, a node runs for weeks. The
    /// measured rows would else share the processor with it.
    /// </summary>
    public static async Task WarmUpAsync(int inFlight, Func<Task> run)
    {
        for (var round = 0; round < MaxWarmUps; round++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await MeasureAsync(inFlight, TimeSpan.FromSeconds(5), run).ConfigureAwait(false);
            if (JitInfo.GetCompiledMethodCount() - compiled < FewMethods)
            {
                return;
            }
        }
    }

    /// <summary>As <see cref="RunAsync"/> without a warm-up.</summary>
    public static async Task<LoadResult> MeasureAsync(int inFlight, TimeSpan time, Func<Task> run)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await run().ConfigureAwait(false);
                latencies.AddSince(begun);
            }
        }))).ConfigureAwait(false);
        var elapsed = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var spent = (process.TotalProcessorTime - cpu).TotalMilliseconds;
        return new LoadResult(latencies.Count, latencies.Count / elapsed, latencies.P50, latencies.P99, spent / latencies.Count);
    }
}
