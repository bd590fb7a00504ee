using System.Globalization;
using Orkestron.Benchmarks;
using Orkestron.Benchmarks.Bombs;
using Orkestron.Benchmarks.Common;
using Orkestron.Benchmarks.Http;
using Orkestron.Benchmarks.Isolation;
using Orkestron.Benchmarks.Journal;
using Orkestron.Benchmarks.Lists;
using Orkestron.Benchmarks.Orchestration;
using Orkestron.Benchmarks.Outside;
using Orkestron.Benchmarks.Peers;
using Orkestron.Benchmarks.Providers;
using Orkestron.Benchmarks.Starting;
using Orkestron.Benchmarks.Tasks;
using Orkestron.Benchmarks.Waiting;
using Orkestron.Benchmarks.Watchers;

if (args is ["serve", .. var options])
{
    return await ServedNode.RunAsync(options).ConfigureAwait(false);
}

if (args is ["provider-process", var address, var key, var provider])
{
    return await OutsideAgents.RunAsync(address, key, provider).ConfigureAwait(false);
}

if (args is not [var name, ..] || !Usage.Knows(name))
{
    await Console.Error.WriteLineAsync(Usage.Text).ConfigureAwait(false);
    return 1;
}

var seconds = args.Length > 1 && int.TryParse(args[1], out var given) ? given : 5;
if (name == "start")
{
    Machine.Describe();
    await StartBench.RunAsync(seconds, args[Math.Min(2, args.Length)..]).ConfigureAwait(false);
    return 0;
}

int[] inFlight = args.Length > 2
    ? [.. args[2].Split(',').Select(static each => int.Parse(each, CultureInfo.InvariantCulture))]
    : name == "idle" ? [1] : [1, 32, 128, 512];
Machine.Describe();
if (name == "isolation")
{
    await IsolationBench.RunAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
    ScriptBench.Run(TimeSpan.FromSeconds(seconds));
    return 0;
}

if (name == "peers")
{
    // DBOS keeps its tables in a database of its own.
    var (ours, theirs) = (await BenchStore.PostgresAsync().ConfigureAwait(false), await BenchStore.PostgresAsync().ConfigureAwait(false));
    if (ours is null || theirs is null)
    {
        await Console.Error.WriteLineAsync("peers needs PostgreSQL: set ORKESTRON_TEST_POSTGRES (eng/postgres.sh start prints it).")
            .ConfigureAwait(false);
        return 1;
    }

    await using (ours.ConfigureAwait(false))
    await using (theirs.ConfigureAwait(false))
    {
        await PeersBench.RunAsync(ours, theirs, TimeSpan.FromSeconds(seconds), args.Length > 2 ? inFlight : [1, 128]).ConfigureAwait(false);
    }

    return 0;
}

foreach (var store in await BenchStore.AvailableAsync(args.ElementAtOrDefault(3)).ConfigureAwait(false))
{
    await using (store.ConfigureAwait(false))
    {
        await (name switch
        {
            "journal" => JournalBench.RunAsync(store, TimeSpan.FromSeconds(seconds)),
            "orchestration" => OrchestrationBench.RunAsync(store, TimeSpan.FromSeconds(seconds)),
            "outside" => OutsideBench.RunAsync(store, TimeSpan.FromSeconds(seconds), inFlight),
            "http" => HttpBench.RunAsync(store, TimeSpan.FromSeconds(seconds), inFlight),
            "bombs" => BombsBench.RunAsync(store),
            "lists" => ListsBench.RunAsync(store),
            "waiting" => WaitingBench.RunAsync(store),
            "providers" => ProvidersBench.RunAsync(store),
            "watchers" => WatchersBench.RunAsync(store, TimeSpan.FromSeconds(seconds)),
            _ => TaskBench.RunAsync(store, TimeSpan.FromSeconds(seconds), inFlight),
        }).ConfigureAwait(false);
    }
}

return 0;
