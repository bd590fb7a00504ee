using System.Collections.Concurrent;
using System.Net;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>
/// A provider connected to a web node that is a client of two silos on PostgreSQL; a silo is killed while its steps run.
/// </summary>
public sealed class ClusterProviderTests
{
    private const int Tasks = 10;
    private const long Price = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Silo_KilledUnderAProvidersSteps_EachTaskEndsOnceAndIsPaidOnce()
    {
        await using var database = await TestDatabase.CreateAsync("cluster");
        await using var cluster = new ClusterProcesses(database);
        await cluster.StartAsync();
        using var user = new ApiClient(cluster.Address);
        await user.OpenGuestAsync();
        var grant = (await user.WalletAsync()).Available.Micro;
        var agent = $"p-{Guid.NewGuid().ToString("N")[..12]}/gated";
        var (begun, go) = (new ConcurrentDictionary<int, int>(), new TaskCompletionSource());
        await using var provider = await OrkestronProvider.Create()
            .UseAddress(cluster.Address)
            .UseApiKey((await user.CreateKeyAsync("publish")).Key)
            .AddAgent<Number, Number>(Describe(agent), async (input, context, stop) =>
            {
                begun.AddOrUpdate(input.Value, 1, static (_, times) => times + 1);
                await go.Task.WaitAsync(stop);
                return new Number(input.Value * 2);
            })
            .StartAsync(ApiClient.Stop);

        var ids = await Task.WhenAll(Enumerable.Range(0, Tasks).Select(i => SubmitAsync(user, agent, i)));
        await Polling.UntilAsync("all steps run", Patience, _ => Task.FromResult(begun.Count == Tasks));
        await cluster.KillSiloAsync(0);
        go.SetResult();

        for (var i = 0; i < Tasks; i++)
        {
            var task = await ClusterProcesses.SettledAsync(user, ids[i]);
            Assert.True(task.State == "completed", task.StatusMessage);
            Assert.Equal(i * 2, task.Result!.Value.GetProperty("value").GetInt32());
            Assert.Equal(Price, task.Cost.Charged.Micro);
            Assert.Single(task.Steps);
        }

        var wallet = await user.WalletAsync();
        Assert.Equal((grant - (Tasks * Price), 0L), (wallet.Available.Micro, wallet.Held.Micro));
        // What runs at the provider goes on: the loss of a silo begins nothing a second time.
        Assert.All(begun.Values, times => Assert.Equal(1, times));
    }

    private static AgentDescription Describe(string agent) => new()
    {
        Agent = agent,
        Summary = "A test.",
        Country = "DE",
        PricePerCall = 0.001m,
        MaxConcurrency = Tasks,
        Examples = { ["One"] = new Number(1) },
    };

    private static async Task<Guid> SubmitAsync(ApiClient user, string agent, int value)
    {
        using var answer = await Polling.UntilTakenAsync(
            Patience, () => user.SubmitAsync(new { agent, input = new { value } }, $"provider-{value}"));
        return (await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted)).Id;
    }

    public sealed record Number(int Value);
}
