using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orkestron.Benchmarks.Common;
using Orkestron.Silo.Hosting;

namespace Orkestron.Benchmarks.Journal;

/// <summary>Group commit beside the naive grain and the store's own single-row commits, in one run.</summary>
internal static class JournalBench
{
    public static async Task RunAsync(BenchStore store, TimeSpan time)
    {
        var builder = Host.CreateApplicationBuilder(store.Arguments());
        builder.AddOrkestronSilo();
        using var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        Console.WriteLine();
        Console.WriteLine($"| {store.Name}: durable three-step runs | rate | p50 | p99 | CPU a run |");
        Console.WriteLine("|---|---|---|---|---|");
        Console.WriteLine((await SingleRowAsync(store, time).ConfigureAwait(false)).Row("single-row commits, 1 connection"));
        foreach (var inFlight in new[] { 1, 128 })
        {
            var naive = await Load.RunAsync(
                inFlight, time, () => grains.GetGrain<INaiveRunGrain>(Guid.NewGuid()).RunAsync()).ConfigureAwait(false);
            Console.WriteLine(naive.Row($"naive grain (WriteStateAsync), {inFlight} in flight"));
            var journal = await Load.RunAsync(
                inFlight, time, () => grains.GetGrain<IJournalRunGrain>(Guid.NewGuid()).RunAsync()).ConfigureAwait(false);
            Console.WriteLine(journal.Row($"journal (group commit), {inFlight} in flight"));
            Console.WriteLine($"| ratio at {inFlight} | {journal.PerSecond / naive.PerSecond:0.0}x | | | |");
        }

        Console.WriteLine(store.ConnectionString is null
            ? "On SQLite the naive grain writes through the same writer: the ratio tells of grains, not of commits"
            : "Target: at least 10x at 128 in flight");
        await host.StopAsync().ConfigureAwait(false);
    }

    private static async Task<LoadResult> SingleRowAsync(BenchStore store, TimeSpan time)
    {
        const string Create = "CREATE TABLE bench_rows (id bigint, body text)";
        const string Insert = "INSERT INTO bench_rows VALUES (1, 'step completed with a small result')";
        System.Data.Common.DbConnection connection = store.ConnectionString is { } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={Path.Combine(store.Folder, "single.db")};Pooling=False");
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            if (store.ConnectionString is null)
            {
                await ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").ConfigureAwait(false);
            }

            await ExecuteAsync(Create).ConfigureAwait(false);
            return await Load.RunAsync(1, time, () => ExecuteAsync(Insert)).ConfigureAwait(false);
        }

        async Task ExecuteAsync(string sql)
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
#pragma warning disable CA2100 // Constant texts of this class.
                command.CommandText = sql;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }
}
