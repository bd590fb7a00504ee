using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Endpoints;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>
/// A provider connected to a web node that is a client of two silos on PostgreSQL, and an endpoint that answers later; a silo
/// is killed while their steps run.
/// </summary>
public sealed class ClusterProviderTests
{
    private const int Tasks = 10;
    private const int Later = 4;
    private const long Price = 1_000;
    private const long LaterPrice = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Silo_KilledUnderStepsOutside_EachTaskEndsOnceAndIsPaidOnce()
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

        await using var peer = await EndpointPeer.StartAsync();
        peer.Answer = static (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };
        using var endpoint = new HttpProvider(user, peer);
        await endpoint.ArriveAsync(timeoutSeconds: 600);

        var ids = await Task.WhenAll(Enumerable.Range(0, Tasks).Select(i => SubmitAsync(user, agent, new { value = i }, $"provider-{i}")));
        var later = await Task.WhenAll(Enumerable.Range(0, Later).Select(
            i => SubmitAsync(user, endpoint.Agent, new { text = $"{i}" }, $"endpoint-{i}")));
        await Task.WhenAll(later.Select(id => user.SawAsync(id, "step.kept"))).WaitAsync(Patience, ApiClient.Stop);
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

        // Told to the web node, whichever silo has the agent and the tasks by now.
        foreach (var call in peer.Calls)
        {
            var told = new { type = "result", output = new { text = $"{call.Json.GetProperty("input").GetProperty("text")}!" } };
            using var taken = await Polling.UntilTakenAsync(
                Patience, () => HttpProvider.TellAsync(call.Json.GetProperty("callback").GetString()!, told));
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        for (var i = 0; i < Later; i++)
        {
            var task = await ClusterProcesses.SettledAsync(user, later[i]);
            Assert.Equal(("completed", LaterPrice), (task.State, task.Cost.Charged.Micro));
            Assert.Equal($"{i}!", task.Result!.Value.GetProperty("text").GetString());
        }

        // The loss of a silo calls no endpoint a second time for what it took over.
        Assert.Equal(Later, peer.Calls.Count);
        var wallet = await user.WalletAsync();
        Assert.Equal((grant - (Tasks * Price) - (Later * LaterPrice), 0L), (wallet.Available.Micro, wallet.Held.Micro));
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

    private static async Task<Guid> SubmitAsync(ApiClient user, string agent, object input, string once)
    {
        using var answer = await Polling.UntilTakenAsync(
            Patience, () => user.SubmitAsync(new { agent, input }, once));
        return (await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted)).Id;
    }

    public sealed record Number(int Value);
}
