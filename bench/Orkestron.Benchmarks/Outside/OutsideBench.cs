using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Outside;

/// <summary>
/// Tasks of an agent in a provider's process, over HTTP until settled: the node and the provider are processes of their own,
/// the process here only drives.
/// </summary>
internal static class OutsideBench
{
    private static readonly string[] Options =
    [
        "--Orkestron:Web:UserRequestsPerSecond=1000000",
        "--Orkestron:Web:AddressRequestsPerSecond=1000000",
        "--Orkestron:Web:Providers:MessagesPerSecond=1000000",
    ];

    private const int WarmUps = 8_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    private static readonly (string Agent, int Steps, string Name)[] Jobs =
        [(OutsideAgents.Effects, 1, "3 side effects"), (OutsideAgents.Calls, 4, "3 calls of an outside agent")];

    /// <summary>The compiler of each process settles after so many runs, and then needs a while.</summary>
    private static async Task WarmUpAsync(Func<Task> once)
    {
        var begun = Stopwatch.GetTimestamp();
        for (long ran = 0; ran < WarmUps || Stopwatch.GetElapsedTime(begun) < WarmUp;)
        {
            ran += (await Load.MeasureAsync(64, TimeSpan.FromSeconds(2), once).ConfigureAwait(false)).Count;
        }
    }

    public static async Task RunAsync(BenchStore store, TimeSpan time, int[] inFlight)
    {
        var node = await NodeProcess.StartAsync(store, Options).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            var provider = $"bench-{Guid.NewGuid().ToString("N")[..8]}";
            var outside = await OutsideProcess.StartAsync(node.Address, node.Key, provider).ConfigureAwait(false);
            await using (outside.ConfigureAwait(false))
            {
                Console.WriteLine();
                Console.WriteLine(
                    $"| {store.Name}: agents of a provider's process, over HTTP | rate | p50 | p99 | CPU a task: driver | node | provider | database |");
                Console.WriteLine("|---|---|---|---|---|---|---|---|");
                foreach (var (agent, steps, name) in Jobs)
                {
                    Task Once() => node.RunAsync($"{provider}/{agent}", steps);
                    await WarmUpAsync(Once).ConfigureAwait(false);
                    foreach (var many in inFlight)
                    {
                        await Load.MeasureAsync(many, time / 2, Once).ConfigureAwait(false);
                        var (ofNode, ofProvider, ofDatabase) =
                            (node.ProcessorTime, outside.ProcessorTime, await store.ProcessorTimeAsync().ConfigureAwait(false));
                        var result = await Load.MeasureAsync(many, time, Once).ConfigureAwait(false);
                        Console.WriteLine(
                            $"{result.Row($"{name}, {many} in flight")}"
                            + $" {Each(node.ProcessorTime - ofNode)} | {Each(outside.ProcessorTime - ofProvider)}"
                            + $" | {Each(await store.ProcessorTimeAsync().ConfigureAwait(false) - ofDatabase)} |");

                        string Each(TimeSpan spent) => $"{spent.TotalMilliseconds / result.Count:0.00} ms";
                    }
                }

                Console.WriteLine("Target on PostgreSQL: p50 at most 5 ms and 10 ms at 1 in flight");
            }
        }
    }
}
