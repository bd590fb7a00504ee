using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Common;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Isolation;
using Orkestron.Benchmarks.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Benchmarks.Isolation;

/// <summary>What a warm call costs in a child process, beside the same call in this process.</summary>
internal static class IsolationBench
{
    private const int WarmUps = 300;

    public static async Task RunAsync(TimeSpan time)
    {
        var inProcess = new ServiceCollection().AddIsolatedAgents(new AgentsOptions(), IsolatedAgents.All).BuildServiceProvider();
        var outside = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddOptions<AgentsOptions>().Services
            .AddIsolation(new ConfigurationBuilder().Build(), IsolatedAgents.All)
            .BuildServiceProvider();
        await using (inProcess.ConfigureAwait(false))
        await using (outside.ConfigureAwait(false))
        {
            Console.WriteLine();
            Console.WriteLine("| one call at a time | in process p50 | p99 | child process p50 | p99 | added, p50 |");
            Console.WriteLine("|---|---|---|---|---|---|");
            foreach (var agent in inProcess.GetKeyedServices<IAgent>(KeyedService.AnyKey))
            {
                var name = agent.Card.Name;
                var input = agent.Card.Examples[0].Input;
                var here = await MeasureAsync(agent, input, time).ConfigureAwait(false);
                var there = await MeasureAsync(
                    outside.GetServices<IAgent>().Single(each => each.Card.Name == name), input, time).ConfigureAwait(false);
                Console.WriteLine(
                    $"| {name} | {here.P50:0.00} ms | {here.P99:0.00} ms | {there.P50:0.00} ms | {there.P99:0.00} ms | {there.P50 - here.P50:0.00} ms |");
            }
        }
    }

    private static async Task<Latencies> MeasureAsync(IAgent agent, JsonElement input, TimeSpan time)
    {
        using var context = new PipeContext(
            new Pipe(Stream.Null), new RunMessage(agent.Card.Name, "bench", "1", 1, DateTimeOffset.UnixEpoch, input));
        for (var i = 0; i < WarmUps; i++)
        {
            await agent.RunAsync(input, context, CancellationToken.None).ConfigureAwait(false);
        }

        var times = new Latencies();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            var begun = Stopwatch.GetTimestamp();
            await agent.RunAsync(input, context, CancellationToken.None).ConfigureAwait(false);
            times.AddSince(begun);
        }

        return times;
    }
}
