using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Watchers;

/// <summary>Many viewers of a task that tells its progress 20 times a second.</summary>
internal static class WatchersBench
{
    private const int Connecting = 20;

    // By default what an agent tells is merged over 50 ms, once where it runs and once in the node that serves the
    // viewers. Here every event shall come through, so that the full rate is measured.
    private static readonly string[] Options =
    [
        "--Orkestron:Agents:ReportPeriod=00:00:00.005",
        "--Orkestron:Web:RelayPeriod=00:00:00.005",
        "--Orkestron:Web:MaxStreamsPerUser=100000",
        "--Orkestron:Web:UserRequestsPerSecond=100000",
        "--Orkestron:Web:AddressRequestsPerSecond=100000",
    ];

    public static async Task RunAsync(BenchStore store, TimeSpan time)
    {
        var node = await NodeProcess.StartAsync(store, Options).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            var task = await node.SubmitAsync("bench/ticker").ConfigureAwait(false);
            // Compiles the code and fills the pools.
            await RowAsync(node, task, 1_000, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            Console.WriteLine();
            Console.WriteLine(
                $"| {store.Name}: viewers of a task with {TickerAgent.Rate} events/s, merging over 5 ms | received | p50 | p95 "
                + "(target 150 ms) | p99 | server: of one core | viewers' process "
                + "| a viewer, idle: live heap | private memory (target 35 KiB) |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
            foreach (var viewers in (int[])[200, 1_000])
            {
                Console.WriteLine(await RowAsync(node, task, viewers, time).ConfigureAwait(false));
            }

            await node.SayAsync("end").ConfigureAwait(false);
        }
    }

    private static async Task<string> RowAsync(NodeProcess node, string task, int count, TimeSpan time)
    {
        var latencies = new Latencies();
        var before = await node.MemoryAsync().ConfigureAwait(false);
        var viewers = new List<Viewer>(count);
        while (viewers.Count < count)
        {
            viewers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(Connecting, count - viewers.Count))
                .Select(_ => Viewer.OpenAsync(node.Hub, task, latencies))).ConfigureAwait(false));
        }

        var idle = await node.MemoryAsync().ConfigureAwait(false);
        await node.AskAsync("tick 1").ConfigureAwait(false);
        await Task.WhenAll(viewers.Select(each => each.PingAsync())).ConfigureAwait(false);
        latencies.Clear();
        var (server, own) = (node.ProcessorTime, Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        var ticks = await node.AskAsync($"tick {time.TotalSeconds}").ConfigureAwait(false);
        await LastEventsAsync(latencies, ticks * count).ConfigureAwait(false);
        var elapsed = watch.Elapsed;
        (server, own) = (node.ProcessorTime - server, Environment.CpuUsage.TotalTime - own);
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync().ConfigureAwait(false);
        }

        return $"| {count:N0} | {latencies.Count / elapsed.TotalSeconds:N0}/s of {ticks * count / elapsed.TotalSeconds:N0} "
            + $"| {latencies.P50:0.0} ms | {latencies.P95:0.0} ms | {latencies.P99:0.0} ms "
            + $"| {server / elapsed:P0} | {own / elapsed:P0} | {(idle.Heap - before.Heap) / (double)count:0.0} KiB "
            + $"| {(idle.Private - before.Private) / (double)count:0.0} KiB |";
    }

    /// <summary>What was emitted last is still on its way: waits for it, or until nothing comes for a second.</summary>
    private static async Task LastEventsAsync(Latencies latencies, long expected)
    {
        var (seen, since) = (0L, Stopwatch.GetTimestamp());
        while (latencies.Count < expected && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1))
        {
            if (latencies.Count != seen)
            {
                (seen, since) = (latencies.Count, Stopwatch.GetTimestamp());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System).ConfigureAwait(false);
        }
    }
}
