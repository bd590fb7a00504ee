using Orkestron.Benchmarks.Common;
using Orkestron.Benchmarks.Peers;

namespace Orkestron.Benchmarks.Http;

/// <summary>What requests cost the node: time, processor time and allocations, the same work in and out of a task.</summary>
internal static class HttpBench
{
    public static async Task RunAsync(BenchStore store, TimeSpan time, int[] inFlight)
    {
        var node = await NodeProcess.StartAsync(store, OrkestronPeer.Options).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            using var driver = new HttpDriver();
            var agent = $"bench-{Guid.NewGuid().ToString("N")[..8]}/plan";
            await node.PublishAsync(agent, OrkestronPeer.Plan()).ConfigureAwait(false);
            var id = await node.SubmitAsync(agent, new { text = OrkestronPeer.Text }).ConfigureAwait(false);
            PeerJob[] jobs =
            [
                OrkestronPeer.Job(node, "POST /tasks?wait=60, plan of 3 calls", agent, 4, new { text = OrkestronPeer.Text }),
                new PeerJob(
                    "GET /tasks/{id} of it", new Uri(node.Address, $"/api/v1/tasks/{id}"), null, node.Key, "\"settled\":true"u8.ToArray()),
            ];
            foreach (var job in jobs)
            {
                await driver.MeasureAsync(job, 32, time).ConfigureAwait(false);
            }

            Console.WriteLine();
            Console.WriteLine($"| {store.Name}: requests | in flight | rate | p50 | p99 | processor of the node | allocated |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var job in jobs)
            {
                foreach (var many in inFlight)
                {
                    var (processor, allocated) = (node.ProcessorTime, await node.AskAsync("allocated").ConfigureAwait(false));
                    var (latencies, elapsed) = await driver.MeasureAsync(job, many, time).ConfigureAwait(false);
                    var count = (double)latencies.Count;
                    Console.WriteLine(
                        $"| {job.Name} | {many} | {count / elapsed.TotalSeconds:N0}/s | {latencies.P50:0.00} ms | {latencies.P99:0.00} ms "
                        + $"| {(node.ProcessorTime - processor).TotalMilliseconds / count:0.00} ms | {(await node.AskAsync("allocated").ConfigureAwait(false) - allocated) / count:0.0} KiB |");
                }
            }
        }
    }
}
