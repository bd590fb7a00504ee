using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Endpoints that mean harm, through whole tasks of somebody else: a clear end, and nobody pays for nothing.</summary>
public sealed class HostileTaskTests(HttpNode node)
{
    private const long Price = 10_000;

    /// <summary>What the endpoint does, how the task must end, and how often it may be called.</summary>
    private static readonly (string Kind, string Code, int Calls)[] Kinds =
    [
        ("no head", "timeout", 3),
        ("not http", "endpoint_garbage", 3),
        ("huge head", "endpoint_garbage", 3),
        ("no json", "endpoint_garbage", 3),
        ("half a character", "endpoint_garbage", 3),
        ("half a character in an event", "endpoint_garbage", 3),
        ("no event", "endpoint_garbage", 3),
        ("no result", "endpoint_incomplete", 3),
        ("broken off", "endpoint_broken", 3),
        ("gzip bomb", "endpoint_encoding", 3),
        ("slow document", "endpoint_slow", 3),
        ("wrong schema", "output_invalid", 1),
        ("endless document", "endpoint_too_large", 1),
        ("endless events", "endpoint_too_large", 1),
        ("flood of progress", "endpoint_too_large", 1),
    ];

    [Fact]
    public async Task Answer_ThatMeansHarm_EndsTheTaskClearlyAndUnpaid()
    {
        var ends = await Task.WhenAll(Kinds.Select(async each =>
        {
            await using var peer = await EndpointPeer.StartAsync();
            peer.Answer = (context, _) => HostileAnswer.GiveAsync(each.Kind, context);
            using var stage = await ArriveAsync(peer, timeoutSeconds: each.Kind == "no head" ? 0.3 : 60);
            var task = await stage.RunAsync();
            await stage.PaidAsync(0);
            return $"{each.Kind}: {task.State} {task.FailureCode} after {peer.Calls.Count}, charged {task.Cost.Charged.Micro}";
        }));

        Assert.Equal(Kinds.Select(static each => $"{each.Kind}: failed {each.Code} after {each.Calls}, charged 0"), ends);
        await BalancedAsync();
    }

    [Fact]
    public async Task Answer_AfterAFloodOfProgress_IsPaidOnceAndTheFloodIsMerged()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var stage = await ArriveAsync(peer);
        peer.Answer = async (context, _) =>
        {
            context.Response.ContentType = "application/x-ndjson";
            for (var i = 0; i < 1_000; i++)
            {
                await context.Response.WriteAsync($$"""{"type":"progress","percent":{{i % 100}},"message":"{{i}}"}""" + "\n");
            }

            await context.Response.WriteAsync("""{"type":"result","output":{"text":"At last."}}""" + "\n");
        };

        var task = await stage.SubmitAsync();
        var told = 0;
        await foreach (var _ in stage.Customer.EventsAsync(task.Id))
        {
            told++;
        }

        var ended = await stage.SettledAsync(task.Id);
        Assert.Equal(("completed", Price), (ended.State, ended.Cost.Charged.Micro));
        Assert.InRange(told, 1, 100);
        await stage.PaidAsync(Price);
        await BalancedAsync();
    }

    [Fact]
    public async Task Callbacks_InAStorm_CountOnceAndAreChargedOnce()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var stage = await ArriveAsync(peer);
        peer.Answer = AcceptAsync;
        var task = await stage.SubmitAsync();
        var callback = (await stage.Provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        var storm = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => TellAsync(callback, (i % 3) switch
        {
            0 => new { type = "progress", percent = i },
            1 => new { type = "result", output = new { text = "One." } },
            _ => new { type = "result", output = new { text = "Another." } },
        })));

        var ended = await stage.SettledAsync(task.Id);
        Assert.Equal(("completed", Price), (ended.State, ended.Cost.Charged.Micro));
        // The one that came first is recorded and may be told again; the other one is refused.
        var text = ended.Result!.Value.GetProperty("text").GetString();
        Assert.Equal(HttpStatusCode.OK, await TellAsync(callback, new { type = "result", output = new { text } }));
        Assert.Equal(
            HttpStatusCode.Gone,
            await TellAsync(callback, new { type = "result", output = new { text = text == "One." ? "Another." : "One." } }));
        Assert.All(storm, static status => Assert.Contains(status, new[] { HttpStatusCode.OK, HttpStatusCode.Gone }));
        Assert.Single(peer.Calls);
        await stage.PaidAsync(Price);
        await BalancedAsync();
    }

    [Fact]
    public async Task Callback_OverTheLimits_EndsTheTaskUnpaid()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var stage = await ArriveAsync(peer);
        peer.Answer = AcceptAsync;
        var task = await stage.SubmitAsync();
        var callback = (await stage.Provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        var huge = await TellAsync(callback, new { type = "result", output = new { text = new string('x', 6_000_000) } });
        var large = await TellAsync(callback, new { type = "result", output = new { text = new string('x', 1_100_000) } });

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity), (huge, large));
        var ended = await stage.SettledAsync(task.Id);
        Assert.Equal(("failed", "output_too_large", 0L), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
        await stage.PaidAsync(0);
        await BalancedAsync();
    }

    [Fact]
    public async Task Callback_AfterCancellation_IsRefusedAndUnpaid()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var stage = await ArriveAsync(peer);
        peer.Answer = AcceptAsync;
        var task = await stage.SubmitAsync();
        var callback = (await stage.Provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        using var canceled = await stage.Customer.PostAsync($"tasks/{task.Id}/cancel", "{}");
        var late = await TellAsync(callback, new { type = "result", output = new { text = "Too late." } });

        Assert.Equal(HttpStatusCode.Gone, late);
        var ended = await stage.SettledAsync(task.Id);
        Assert.Equal(("canceled", 0L, (JsonElement?)null), (ended.State, ended.Cost.Charged.Micro, ended.Result));
        await stage.PaidAsync(0);
        await BalancedAsync();
    }

    private static Task AcceptAsync(HttpContext context, PeerCall call)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    private static async Task<HttpStatusCode> TellAsync(string callback, object told)
    {
        using var answer = await HttpProvider.TellAsync(callback, told);
        return answer.StatusCode;
    }

    private async Task<Stage> ArriveAsync(EndpointPeer peer, double timeoutSeconds = 60)
    {
        var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync(timeoutSeconds: timeoutSeconds);
        var customer = await node.Node.GuestAsync();
        return new Stage(node.Node, provider, customer, await customer.WalletAsync());
    }

    private async Task BalancedAsync()
    {
        var audit = await node.Node.Grains.GetGrain<ILedgerGrain>(0).AuditAsync();
        Assert.Empty(audit.Problems);
        Assert.Equal(0, audit.SumMicro);
    }

    /// <summary>A provider with a hostile endpoint, and somebody else who pays.</summary>
    private sealed class Stage(WebNode node, HttpProvider provider, ApiClient customer, Wallet before) : IDisposable
    {
        public HttpProvider Provider => provider;

        public ApiClient Customer => customer;

        private object Request => new { agent = provider.Agent, input = new { text = "Hello." } };

        public Task<TaskDetail> RunAsync() => customer.SettledAsync(Request);

        public async Task<TaskDetail> SubmitAsync()
        {
            using var answer = await customer.SubmitAsync(Request);
            return await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);
        }

        public Task<TaskDetail> SettledAsync(Guid id) => customer.GetAsync<TaskDetail>($"tasks/{id}?wait=30");

        /// <summary>The customer has paid exactly this, nothing is held any more, and the provider got no more than that.</summary>
        public async Task PaidAsync(long micro)
        {
            var after = await customer.WalletAsync();
            Assert.Equal(before.Available.Micro - micro, after.Available.Micro);
            Assert.Equal((0L, 0L), (after.Held.Micro, after.Pending.Micro));
            var earned = await node.Grains.GetGrain<ILedgerGrain>(0).BalanceMicroAsync(Accounts.Payable(provider.Name));
            Assert.True(micro == 0 ? earned == 0 : earned > 0 && earned <= micro, $"{earned} were earned of {micro}.");
        }

        public void Dispose()
        {
            provider.Dispose();
            customer.Dispose();
        }
    }
}
