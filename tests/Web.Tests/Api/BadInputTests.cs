using System.Net.Http.Json;
using Orkestron.Contracts.Common;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Wrong requests get a clear problem that says where and what to do.</summary>
public sealed class BadInputTests(WebNode node)
{
    public static TheoryData<string, int, string, string, string> Bodies => new()
    {
        { """{"agent":""", 400, "malformed_json", "#/agent", "line 1, byte 10" },
        { """[]""", 400, "invalid", "#", "wrong type" },
        { """{"agent":5}""", 400, "invalid", "#/agent", "wrong type" },
        { """{"agent":"a/b","agent":"a/c"}""", 400, "invalid", "#/agent", "twice" },
        { """{"agent":"a/b","input":{},"budget":1}""", 400, "invalid", "#/budget", "no field 'budget'" },
        { """{"agent":"a/b","input":{},"budgetTokens":"1e3"}""", 400, "invalid", "#/budgetTokens", "decimal string" },
        { """{"agent":"a/b","input":{},"budgetTokens":"-1"}""", 400, "invalid", "#/budgetTokens", "more than 0" },
        { """{"agent":"a/b","input":{},"deadline":"tomorrow"}""", 400, "invalid", "#/deadline", "wrong type" },
        { """{"agent":"nobody"}""", 400, "invalid", "#/agent", "provider/name" },
        { """{"agent":"a/b"}""", 400, "invalid", "#/input", "required" },
        {
            """{"agent":"orkestron/keyword-extractor","input":{"text":"a","maxKeyphrases":"many"}}""",
            422, "input_invalid", "#/input/maxKeyphrases", "whole number"
        },
        { """{"agent":"orkestron/keyword-extractor","input":{}}""", 422, "input_invalid", "#/input/text", "required" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Submit_WrongBody_NamesTheFieldAndTheFault(string body, int status, string code, string pointer, string says)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("tasks", body);

        var problem = await ApiClient.ProblemAsync(answer, status, code);
        Assert.Contains(problem.Errors!, error => error.Pointer == pointer);
        Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Orkestron.", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SeveralWrongFields_ListsThemAll()
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("tasks", """{"budgetTokens":"0"}""");

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal(["#/agent", "#/input", "#/budgetTokens"], problem.Errors!.Select(error => error.Pointer));
    }

    [Fact]
    public async Task Submit_UnknownAgent_SaysWhereAgentsAreListed()
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.SubmitAsync(new { agent = "orkestron/no-such-agent", input = new { } });

        var problem = await ApiClient.ProblemAsync(answer, 404, "agent_not_found");
        Assert.Contains("/api/v1/agents", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TooLongForTheAgent_SaysTheLimitAndHoldsNothing()
    {
        using var guest = await node.GuestAsync();
        var text = new string('a', 460_000);

        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text } });

        var problem = await ApiClient.ProblemAsync(answer, 413, "too_large");
        Assert.Contains("450,000", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("0", (await guest.WalletAsync()).Held.ToString());
    }

    [Fact]
    public async Task Submit_BodyOverTheServersLimit_Is413()
    {
        using var guest = await node.GuestAsync();
        var text = new string('a', 5_000_000);

        // The server answers at the length it reads in the header, and hangs up: a client that asks first reads the answer.
        guest.Http.DefaultRequestHeaders.ExpectContinue = true;

        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text } });

        await ApiClient.ProblemAsync(answer, 413, "too_large");
    }

    [Fact]
    public async Task Submit_TooFewTokens_SaysHowManyAreMissing()
    {
        using var guest = await node.GuestAsync();
        var wallet = await guest.WalletAsync();
        // All but 0.001 is set aside for another task.
        var held = await node.Grains.GetGrain<IWalletGrain>(guest.UserId)
            .HoldAsync(new HoldTokens(Guid.NewGuid(), Guid.NewGuid(), wallet.Available.Micro - 1_000));
        Assert.True(held.Accepted);

        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Short." } });

        // 0.01 a call and 0.001 for the first 1,000 bytes, less what is there.
        var problem = await ApiClient.ProblemAsync(answer, 402, "insufficient_tokens");
        Assert.Contains("0.01 ", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_BudgetBelowThePrice_IsRefused()
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.SubmitAsync(
            new { agent = ApiClient.Keywords, input = new { text = "Short." }, budgetTokens = "0.001" });

        var problem = await ApiClient.ProblemAsync(answer, 422, "budget_too_small");
        Assert.Contains("0.011", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SameKeyOtherBody_IsAConflict()
    {
        using var guest = await node.GuestAsync();
        using var first = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "One." } }, "k");
        Assert.True(first.IsSuccessStatusCode);

        using var second = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Two." } }, "k");

        await ApiClient.ProblemAsync(second, 409, "conflict");
    }

    [Fact]
    public async Task Submit_KeyTooLong_IsRefused()
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.SubmitAsync(
            new { agent = ApiClient.Keywords, input = new { text = "One." } }, new string('k', 256));

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal("Idempotency-Key", Assert.Single(problem.Errors!).Pointer);
    }

    [Fact]
    public async Task Submit_NotJson_Is415()
    {
        using var guest = await node.GuestAsync();
        using var form = new FormUrlEncodedContent([new("agent", "a/b")]);

        using var answer = await guest.Http.PostAsync(new Uri("tasks", UriKind.Relative), form, ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("tasks?limit=0", "limit")]
    [InlineData("tasks?limit=101", "limit")]
    [InlineData("tasks?limit=ten", "limit")]
    [InlineData("tasks?state=done", "state")]
    [InlineData("agents?sort=best", "sort")]
    [InlineData("agents?maxPrice=cheap", "maxPrice")]
    [InlineData("tasks/0197a000-0000-7000-8000-000000000000/events?after=-1", "after")]
    public async Task Get_WrongParameter_NamesIt(string path, string parameter)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.Http.GetAsync(new Uri(path, UriKind.Relative), ApiClient.Stop);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal(parameter, Assert.Single(problem.Errors!).Pointer);
    }

    [Fact]
    public async Task Connection_AfterWrongJson_GoesOn()
    {
        // The serializer leaves the pipe in the middle of a read; without JsonBodies the second request meets a dead socket.
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        var connections = 0;
        handler.ConnectCallback = async (context, stop) =>
        {
            connections++;
            var socket = new System.Net.Sockets.Socket(
                System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using var http = new HttpClient(handler) { BaseAddress = node.Address };

        for (var i = 0; i < 3; i++)
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/account/login", new { nonsense = 1 }, ApiClient.Stop);
            await ApiClient.ProblemAsync(answer, 400, "invalid");
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task Problems_Always_AreNotCached()
    {
        using var visitor = node.Visitor();

        using var answer = await visitor.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop);

        Problem problem = await ApiClient.ProblemAsync(answer, 401, "sign_in_required");
        Assert.StartsWith("urn:orkestron:problem:", problem.Type, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
