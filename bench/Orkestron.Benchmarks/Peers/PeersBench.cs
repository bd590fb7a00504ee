using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>
/// The same job of three durable steps on Orkestron, Restate and DBOS: one driver, over HTTP, all processes on this machine. Each
/// row is measured in several turns, in turn with the others, so that what else the machine does falls on all alike.
/// </summary>
internal static class PeersBench
{
    private const int Turns = 3;
    private const int WarmUpInFlight = 64;

    public static async Task RunAsync(BenchStore store, BenchStore dbos, TimeSpan time, int[] inFlight)
    {
        var peers = new List<IPeer>();
        var missing = new List<(string Job, string Why)>();
        try
        {
            await AddAsync(
                "Restate service, 3 ctx.run",
                static async () =>
                {
                    var packages = await NodePackages.InstallAsync().ConfigureAwait(false);
                    return await RestatePeer.StartAsync(packages).ConfigureAwait(false);
                }).ConfigureAwait(false);
            await AddAsync(
                "DBOS workflow, 3 steps",
                async () =>
                {
                    var packages = await NodePackages.InstallAsync().ConfigureAwait(false);
                    return await DbosPeer.StartAsync(packages, dbos).ConfigureAwait(false);
                }).ConfigureAwait(false);
            await AddAsync("Orkestron", () => OrkestronPeer.StartAsync(store)).ConfigureAwait(false);
            var rows = await MeasureAsync(peers, store, time, inFlight).ConfigureAwait(false);
            Print(rows, missing, inFlight);
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync().ConfigureAwait(false);
            }
        }

        async Task AddAsync(string job, Func<Task<IPeer>> start)
        {
            try
            {
                peers.Add(await start().ConfigureAwait(false));
            }
            catch (PeerMissingException lacks)
            {
                missing.Add((job, lacks.Message));
            }
        }
    }

    private static async Task<Dictionary<(PeerJob Job, int InFlight), PeerRow>> MeasureAsync(
        List<IPeer> peers, BenchStore store, TimeSpan time, int[] inFlight)
    {
        using var driver = new HttpDriver();
        var jobs = peers.SelectMany(static peer => peer.Jobs.Select(job => (Peer: peer, Job: job))).ToArray();
        foreach (var (_, job) in jobs)
        {
            // Compilers take their time, on both sides.
            await driver.MeasureAsync(job, WarmUpInFlight, time).ConfigureAwait(false);
        }

        var rows = new Dictionary<(PeerJob Job, int InFlight), PeerRow>();
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var many in inFlight)
            {
                foreach (var (peer, job) in jobs)
                {
                    await driver.MeasureAsync(job, many, time / 4).ConfigureAwait(false);
                    var before = await ProcessorAsync(peer, store).ConfigureAwait(false);
                    var (latencies, elapsed) = await driver.MeasureAsync(job, many, time).ConfigureAwait(false);
                    var after = await ProcessorAsync(peer, store).ConfigureAwait(false);
                    if (!rows.TryGetValue((job, many), out var row))
                    {
                        rows[(job, many)] = row = new PeerRow();
                    }

                    row.Add(latencies, elapsed, after.Zip(before, static (now, then) => (now.Name, now.Spent - then.Spent)));
                }
            }
        }

        return rows;
    }

    private static async Task<(string Name, TimeSpan Spent)[]> ProcessorAsync(IPeer peer, BenchStore store)
    {
        using var self = Process.GetCurrentProcess();
        return
        [
            .. peer.Processes.Select(static each => (each.Name, Machine.ProcessorTime(each.ProcessId))),
            ("PostgreSQL", await store.ProcessorTimeAsync().ConfigureAwait(false)),
            ("driver", self.TotalProcessorTime),
        ];
    }

    private static void Print(
        Dictionary<(PeerJob Job, int InFlight), PeerRow> rows, List<(string Job, string Why)> missing, int[] inFlight)
    {
        Console.WriteLine();
        Console.WriteLine("| three durable steps over HTTP, PostgreSQL | in flight | rate | p50 | p99 | processor a job, ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var many in inFlight)
        {
            foreach (var ((job, _), row) in rows.Where(row => row.Key.InFlight == many))
            {
                Console.WriteLine(row.Text(job.Name, many));
            }

            foreach (var (job, why) in missing)
            {
                Console.WriteLine($"| {job} | {many} | not run: {why} | | | |");
            }
        }

        // Nothing to compare with where no peer could be run.
        foreach (var many in inFlight.Where(many => rows.Keys.Any(each => each.InFlight == many && !IsOurs(each.Job))))
        {
            var theirs = rows.Where(row => row.Key.InFlight == many && !IsOurs(row.Key.Job)).ToArray();
            foreach (var ((job, _), row) in rows.Where(row => row.Key.InFlight == many && IsOurs(row.Key.Job)))
            {
                Console.WriteLine($"{job.Name}, {many} in flight: " + string.Join(", ", theirs.Select(other =>
                    $"{row.PerSecond / other.Value.PerSecond:0.0} times the rate and {row.P50 / other.Value.P50:0.00} times the p50 of {other.Key.Job.Name}")));
            }
        }
    }

    private static bool IsOurs(PeerJob job) => job.Key is not null;
}
