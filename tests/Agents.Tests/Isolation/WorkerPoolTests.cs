using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Isolation;

[Collection("Child processes")]
public sealed class WorkerPoolTests
{
    private const int Calls = 102;
    private static readonly JsonElement Sum =
        JsonSerializer.SerializeToElement(new { code = "function main(x) { return x + 1; }", input = 1 });

    [Fact]
    public async Task Process_ThatHasRunNearlyAllItsCalls_HasAWarmOneReadyBesideIt()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var services = Services(new KeyValuePair<string, string?>("Orkestron:Isolation:MaxCalls", $"{Calls}"));
        var pool = services.GetRequiredService<WorkerPool>();
        var agent = services.GetServices<IAgent>().OfType<IIsolatedAgent>().Single(static each => each.Card.Name == "javascript-sandbox");

        var first = await AskAsync();
        while (pool.ProcessIds().Count == 1)
        {
            Assert.Equal(first, await AskAsync());
        }

        // The new one is taken first once it is ready, and has run each agent's example.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        var next = await pool.RentAsync("somebody", stop);
        while (next.Id == first)
        {
            pool.Return(next, "somebody");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            next = await pool.RentAsync("somebody", stop);
        }

        Assert.NotEqual(0, next.Calls);
        pool.Return(next, "somebody");

        async Task<int> AskAsync()
        {
            Assert.Equal(2, (await agent.RunAsync(Sum, new FakeContext(), "somebody", stop)).GetProperty("result").GetInt32());
            return pool.ProcessIds()[0];
        }
    }

    [Fact]
    public async Task Process_ThatIsWarm_IsLeftToWhoHoldsNoOther()
    {
        var stop = TestContext.Current.CancellationToken;
        // A pool of its own: a process that has run calls before may be replaced when it is asked for.
        await using var services = Services(new KeyValuePair<string, string?>("Orkestron:Isolation:WarmProcesses", "2"));
        var pool = services.GetRequiredService<WorkerPool>();
        await pool.WarmAsync();
        await pool.WarmAsync();

        var first = await pool.RentAsync("many", stop);
        var before = pool.ProcessIds();
        var second = await pool.RentAsync("many", stop);
        var other = await pool.RentAsync("one", stop);

        Assert.DoesNotContain(second.Id, before);
        Assert.Contains(other.Id, before);
        pool.Return(first, "many");
        pool.Return(second, "many");
        pool.Return(other, "one");
    }

    // However busy the machine is, no process is given up because it takes its time.
    private static ServiceProvider Services(params KeyValuePair<string, string?>[] settings) =>
        FakeDirectory.Add(new ServiceCollection())
            .AddBuiltInAgents(new ConfigurationBuilder()
                .AddInMemoryCollection(
                [
                    new("Orkestron:Isolation:StartSeconds", "300"),
                    new("Orkestron:Isolation:ClockFactor", "100"),
                    .. settings,
                ])
                .Build())
            .BuildServiceProvider();
}
