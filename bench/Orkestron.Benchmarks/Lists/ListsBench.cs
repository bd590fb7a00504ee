using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orkestron.Benchmarks.Common;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Hosting;

namespace Orkestron.Benchmarks.Lists;

/// <summary>A page of one user's list of tasks, filtered in each way, with 1,000,000 tasks of that user stored.</summary>
internal static class ListsBench
{
    private const int Stored = 1_000_000;
    private const int Calls = 200;

    public static async Task RunAsync(BenchStore store)
    {
        var builder = Host.CreateApplicationBuilder(store.Arguments());
        builder.AddOrkestronSilo();
        using var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var user = Guid.NewGuid();
        await FillAsync(store, user).ConfigureAwait(false);
        var list = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITaskListGrain>(0);
        var all = new TaskQuery(user, null, null, null, 50);
        Console.WriteLine();
        Console.WriteLine($"| {store.Name}: a page of 50, {Stored:N0} tasks of the user stored | found | p50 | p95 |");
        Console.WriteLine("|---|---|---|---|");
        await RowAsync(list, "all", all).ConfigureAwait(false);
        await RowAsync(list, "completed (all but 0.12 %)", all with { State = "completed" }).ConfigureAwait(false);
        await RowAsync(list, "failed (0.1 %)", all with { State = "failed" }).ConfigureAwait(false);
        await RowAsync(list, "waiting for an answer (10 tasks)", all with { State = "input-required" }).ConfigureAwait(false);
        await RowAsync(list, "rejected (none)", all with { State = "rejected" }).ConfigureAwait(false);
        await RowAsync(list, "failed, canceled or rejected", all with { AnyOf = ["failed", "canceled", "rejected"] }).ConfigureAwait(false);
        await RowAsync(list, "one agent of 20", all with { Agent = "orkestron/agent-7" }).ConfigureAwait(false);
        await RowAsync(list, "an agent with 20 tasks", all with { Agent = "orkestron/rare" }).ConfigureAwait(false);
        await RowAsync(
            list, "failed, of one agent of 20", all with { State = "failed", Agent = "orkestron/agent-0" }).ConfigureAwait(false);
        Console.WriteLine("Target: p95 under 20 ms");
        await host.StopAsync().ConfigureAwait(false);
    }

    private static async Task RowAsync(ITaskListGrain list, string name, TaskQuery query)
    {
        var page = await list.MineAsync(query).ConfigureAwait(false);
        var times = new Latencies();
        for (var i = 0; i < Calls; i++)
        {
            // Every other one is the page behind the first.
            var from = Stopwatch.GetTimestamp();
            await list.MineAsync(i % 2 == 0 ? query : query with { After = page.Next }).ConfigureAwait(false);
            times.AddSince(from);
        }

        Console.WriteLine($"| {name} | {page.Items.Length} | {times.P50:0.00} ms | {times.P95:0.00} ms |");
    }

    private static async Task FillAsync(BenchStore store, Guid user)
    {
        const string State = "CASE WHEN g % 1000 = 0 THEN 'failed' WHEN g % 5000 = 1 THEN 'canceled' WHEN g % 100000 = 2 THEN 'input-required' ELSE 'completed' END";
        const string Agent = "CASE WHEN g % 50000 = 3 THEN 'orkestron/rare' ELSE 'orkestron/agent-' || (g % 20) END";
        const string Columns = "task_id, owner, agent, state, created_at, ended_at, held, charged, failure_code, open";
        var values = $"'{user:N}', {Agent}, {State}, 1700000000000000 + g * 1000000, 1700000000000000 + g * 1000000 + 5000, 1000, 900, NULL, CASE WHEN g % 100000 = 2 THEN 1 END";
        DbConnection connection;
        string sql;
        if (store.ConnectionString is { } postgres)
        {
            connection = new NpgsqlConnection(postgres + ";Command Timeout=600");
            sql = $"INSERT INTO tasks ({Columns}) SELECT lpad(to_hex(g), 32, '0'), {values} FROM generate_series(1::bigint, {Stored}) g; ANALYZE tasks";
        }
        else
        {
            connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "journal.db")};Pooling=False;Default Timeout=600");
            sql = $"WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < {Stored}) INSERT INTO tasks ({Columns}) SELECT printf('%032x', g), {values} FROM n";
        }

        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
#pragma warning disable CA2100 // All of it is written here.
                command.CommandText = sql;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }
}
