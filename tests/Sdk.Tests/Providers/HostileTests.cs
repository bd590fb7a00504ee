using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Providers;
using Orkestron.Contracts.Wallets;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>Processes that do not keep to the protocol: bounded, told, never paid.</summary>
public sealed class HostileTests(Platform platform)
{
    private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new { value = new { type = "string" } },
        required = new[] { "value" },
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"value":7}""", "output_invalid")]
    [InlineData("""[]""", "output_invalid")]
    [InlineData("""null""", "output_invalid")]
    public async Task Answer_ThatBreaksTheSchema_FailsTheTaskUnpaid(string output, string code)
    {
        using var account = await platform.GuestAsync();
        await using var hub = await ServeAsync(account, async (call, step) =>
            await call.InvokeAsync("Answer", new StepAnswer(step.Ticket, JsonSerializer.Deserialize<JsonElement>(output), null)));

        await EndsAsync(account, "failed", code);
    }

    [Fact]
    public async Task Answer_OverTheLimit_FailsTheTaskUnpaid()
    {
        using var account = await platform.GuestAsync();
        await using var hub = await ServeAsync(account, async (call, step) => await call.InvokeAsync(
            "Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = new string('x', 2_000_000) }), null)));

        await EndsAsync(account, "failed", "output_too_large");
    }

    [Fact]
    public async Task Answer_Twice_CountsOnceAndIsAcknowledgedTwice()
    {
        using var account = await platform.GuestAsync();
        var second = new TaskCompletionSource();
        await using var hub = await ServeAsync(account, async (call, step) =>
        {
            await call.InvokeAsync("Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = "a" }), null));
            await call.InvokeAsync("Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = "b" }), null));
            second.TrySetResult();
        });
        using var client = await account.ClientAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);

        await second.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal("a", (await task.ResultAsync<JsonElement>(Stop)).GetProperty("value").GetString());
        Assert.Equal(1_000, (await task.GetAsync(Stop)).Cost.Charged.Micro);
    }

    [Fact]
    public async Task Answer_AfterCancellation_IsAcknowledgedAndIgnored()
    {
        using var account = await platform.GuestAsync();
        var handed = new TaskCompletionSource<StepAssignment>();
        await using var hub = await ServeAsync(account, (_, step) =>
        {
            handed.TrySetResult(step);
            return Task.CompletedTask;
        });
        using var client = await account.ClientAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var step = await handed.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await task.CancelAsync(Stop);

        await hub.InvokeAsync("Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = "late" }), null), Stop);

        var ended = await task.WaitAsync(Stop);
        Assert.Equal(("canceled", 0L), (ended.State, ended.Cost.Charged.Micro));
        Assert.Null(ended.Result);
    }

    [Fact]
    public async Task Process_ThatNeverAnswers_IsGivenUpInTimeUnpaid()
    {
        using var account = await platform.GuestAsync();
        await using var hub = await ServeAsync(account, static (_, _) => Task.CompletedTask, timeoutSeconds: 0.3);

        await EndsAsync(account, "failed", "timeout");
    }

    [Fact]
    public async Task Progress_InAFlood_IsMergedAndTheAnswerPaidOnce()
    {
        using var account = await platform.GuestAsync();
        await using var hub = await ServeAsync(account, async (call, step) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await call.SendAsync(
                    "Report", Enumerable.Repeat(new StepProgress(step.Ticket, i, "Still here", "word "), 100).ToArray(), Stop);
            }

            await call.InvokeAsync(
                "Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = "a" }), null), Stop);
        });

        await EndsAsync(account, "completed", null, charged: 1_000);
    }

    [Fact]
    public async Task Call_BeyondTheBudget_IsRefusedAndNotPaid()
    {
        using var account = await platform.GuestAsync();
        var refused = new TaskCompletionSource<AgentCallEnded>();
        StepAssignment? mine = null;
        await using var hub = await ServeAsync(account, (call, step) =>
        {
            mine = step;
            return call.InvokeAsync(
                "Call",
                new AgentCall(step.Ticket, "0", "orkestron/keyword-extractor", JsonSerializer.SerializeToElement(new { text = "Pumps." })),
                Stop);
        });
        hub.On<AgentCallEnded>("CallEnded", ended =>
        {
            refused.TrySetResult(ended);
            _ = hub.InvokeAsync("Answer", new StepAnswer(mine!.Ticket, JsonSerializer.SerializeToElement(new { value = "a" }), null), Stop);
        });

        await EndsAsync(account, "completed", null, charged: 1_000);

        Assert.Equal("budget_exhausted", (await refused.Task).Failure!.Code);
    }

    [Fact]
    public async Task Step_OfAProcessWhoseKeyIsRevoked_IsEndedByAnotherAndPaidOnce()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        using var published = await PublishAsync(account, Schema);
        var key = await account.KeyAsync("publish");
        var first = new TaskCompletionSource<StepAssignment>();
        await using var revoked = await ConnectAsync(account, key.Key);
        var closed = new TaskCompletionSource();
        revoked.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        revoked.On<StepAssignment>("Begin", first.SetResult);
        await AnnounceAsync(revoked, account);
        var before = await account.WalletAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var old = await first.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        await account.RevokeAsync(key);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        var second = new TaskCompletionSource<StepAssignment>();
        await using var hub = await ConnectAsync(account);
        hub.On<StepAssignment>("Begin", second.SetResult);
        await AnnounceAsync(hub, account);
        var fresh = await second.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        // Both claim the step now, the lost one's answer comes over another process of its account.
        await Task.WhenAll(new[] { (old, "old"), (fresh, "fresh"), (old, "again") }.Select(each => hub.InvokeAsync(
            "Answer", new StepAnswer(each.Item1.Ticket, JsonSerializer.SerializeToElement(new { value = each.Item2 }), null), Stop)));

        await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(account, key.Key));
        var ended = await task.WaitAsync(Stop);
        Assert.Equal(("completed", 1_000L), (ended.State, ended.Cost.Charged.Micro));
        Assert.Single(ended.Steps);
        await PaidAsync(account, before, 1_000);
    }

    [Fact]
    public async Task Ticket_Forged_IsRefused()
    {
        using var account = await platform.GuestAsync();
        await using var hub = await ServeAsync(account, static (_, _) => Task.CompletedTask);

        var refused = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync(
            "Answer", new StepAnswer("bm8gdGlja2V0", JsonSerializer.SerializeToElement(new { value = "a" }), null), Stop));

        Assert.Contains("invalid: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_OfAnotherProvider_IsRefused()
    {
        using var anna = await platform.GuestAsync();
        using var ben = await platform.GuestAsync();
        var handed = new TaskCompletionSource<StepAssignment>();
        await using var annas = await ServeAsync(anna, (_, step) =>
        {
            handed.TrySetResult(step);
            return Task.CompletedTask;
        });
        await using var bens = await ServeAsync(ben, static (_, _) => Task.CompletedTask);
        using var client = await anna.ClientAsync();
        await client.RunAsync($"{anna.Provider}/work", new { value = "x" }, null, Stop);
        var step = await handed.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        var refused = await Assert.ThrowsAsync<HubException>(() => bens.InvokeAsync(
            "Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { value = "stolen" }), null), Stop));

        Assert.Contains("forbidden: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_OfOneTask_ReachesNoOtherTaskOrStep()
    {
        using var account = await platform.GuestAsync();
        var handed = System.Threading.Channels.Channel.CreateUnbounded<StepAssignment>();
        await using var hub = await ServeAsync(account, (_, step) => handed.Writer.WriteAsync(step, Stop).AsTask());
        using var client = await account.ClientAsync();
        var agent = $"{account.Provider}/work";
        var first = await client.RunAsync(agent, new { value = "first" }, null, Stop);
        var mine = await handed.Reader.ReadAsync(Stop);
        var second = await client.RunAsync(agent, new { value = "second" }, null, Stop);
        var theirs = await handed.Reader.ReadAsync(Stop);
        await first.CancelAsync(Stop);
        await first.WaitAsync(Stop);
        var value = JsonSerializer.SerializeToElement(new { value = "written by the other" });

        // Whatever is sent with the ticket of the task that has ended changes nothing of the one that runs.
        var marked = await hub.InvokeAsync<StepHistoryResult>("Mark", new StepHistoryRequest(mine.Ticket, "0", "value", null, value), Stop);
        var asked = await hub.InvokeAsync<StepHistoryResult>(
            "Mark",
            new StepHistoryRequest(
                mine.Ticket, "1", "question", null, JsonSerializer.SerializeToElement(new { prompt = "?", schema = new { } })),
            Stop);
        var sent = await hub.InvokeAsync<StepMessageResult>("Send", new StepSend(mine.Ticket, "2", "step:1", "hello", value), Stop);
        var made = await hub.InvokeAsync<StepFileLink>("CreateArtifact", mine.Ticket, Stop);
        var ended = new TaskCompletionSource<AgentCallEnded>();
        hub.On<AgentCallEnded>("CallEnded", ended.SetResult);
        await hub.InvokeAsync("Call", new AgentCall(mine.Ticket, "3", agent, value), Stop);
        await hub.InvokeAsync("Answer", new StepAnswer(mine.Ticket, value, null), Stop);

        Assert.All(
            new[]
            {
                marked.Failure,
                asked.Failure,
                sent.Failure,
                made.Failure,
                (await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop)).Failure,
            },
            static failure => Assert.Equal("task_canceled", failure!.Code));
        var looked = await hub.InvokeAsync<StepHistoryResult>("Mark", new StepHistoryRequest(theirs.Ticket, "0", "value"), Stop);
        Assert.Null(looked.At);
        var other = await second.GetAsync(Stop);
        Assert.Single(other.Steps);
        Assert.Empty(other.Questions);
        await hub.InvokeAsync(
            "Answer", new StepAnswer(theirs.Ticket, JsonSerializer.SerializeToElement(new { value = "own" }), null), Stop);
        Assert.Equal("own", (await second.ResultAsync<JsonElement>(Stop)).GetProperty("value").GetString());
    }

    [Fact]
    public async Task Announce_OfAnothersAgent_IsRefused()
    {
        using var anna = await platform.GuestAsync();
        using var ben = await platform.GuestAsync();
        await PublishAsync(anna, Schema);
        await using var hub = await ConnectAsync(ben);

        var refused = await Assert.ThrowsAsync<HubException>(() => AnnounceAsync(hub, anna));

        Assert.Contains("forbidden: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_InAFlood_EndTheConnection()
    {
        using var account = await platform.GuestAsync();
        var ended = new TaskCompletionSource();
        await using var hub = await ServeAsync(account, static (_, _) => Task.CompletedTask);
        hub.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        var flood = Task.Run(async () =>
        {
            var nothing = Array.Empty<StepProgress>();
            while (!ended.Task.IsCompleted)
            {
                await hub.SendAsync("Report", nothing, Stop);
            }
        }, Stop);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await flood.ContinueWith(static _ => { }, TaskScheduler.Default);
        await account.ConnectedAsync("work", 0);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"$ref":"https://example.org/schema"}""")]
    [InlineData("""{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}""")]
    [InlineData("""{"pattern":"(?<=x"}""")]
    public async Task Publish_OfAHarmfulSchema_IsRefused(string schema)
    {
        using var account = await platform.GuestAsync();

        using var answer = await PublishAsync(account, JsonSerializer.Deserialize<JsonElement>(schema));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<Problem>(Stop);
        Assert.Contains("schema cannot be taken", problem!.Detail, StringComparison.Ordinal);
    }

    private static async Task EndsAsync(Account account, string state, string? code, long charged = 0)
    {
        using var client = await account.ClientAsync();
        var before = await account.WalletAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var ended = await task.WaitAsync(Stop);
        Assert.Equal((state, code, charged), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
        await PaidAsync(account, before, charged);
    }

    /// <summary>The customer has paid exactly this, and nothing is held any more.</summary>
    private static async Task PaidAsync(Account account, Wallet before, long micro)
    {
        var after = await account.WalletAsync();
        Assert.Equal((before.Available.Micro - micro, 0L), (after.Available.Micro, after.Held.Micro));
    }

    private async Task<HubConnection> ServeAsync(
        Account account, Func<HubConnection, StepAssignment, Task> serve, double? timeoutSeconds = null)
    {
        using var published = await PublishAsync(account, Schema, timeoutSeconds);
        published.EnsureSuccessStatusCode();
        var hub = await ConnectAsync(account);
        // Not awaited: a client whose handler waits for its own call's end would wait for ever.
        hub.On<StepAssignment>("Begin", step => { _ = serve(hub, step); });
        await AnnounceAsync(hub, account);
        return hub;
    }

    private async Task<HubConnection> ConnectAsync(Account account, string? withKey = null)
    {
        var key = withKey ?? (await account.KeyAsync("publish")).Key;
        var hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(platform.Address, "/hubs/provider"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(key))
            .Build();
        await hub.StartAsync(Stop);
        return hub;
    }

    private static Task<ProviderWelcome> AnnounceAsync(HubConnection hub, Account account) => hub.InvokeAsync<ProviderWelcome>(
        "Announce",
        new ProviderHello(Guid.NewGuid().ToString("N"), 1, [new ServedAgent($"{account.Provider}/work", "1.0.0", 4)], []),
        Stop);

    internal static async Task<HttpResponseMessage> PublishAsync(Account account, JsonElement schema, double? timeoutSeconds = null)
    {
        var key = await account.KeyAsync("publish");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"agents/{account.Provider}/work")
        {
            Content = JsonContent.Create(new PublishAgentRequest(
                "1.0.0",
                "Work",
                "A test.",
                schema,
                Schema,
                [new AgentExample("One", JsonSerializer.SerializeToElement(new { value = "x" }))],
                "DE",
                Price: new ListedPrice(new Contracts.Tokens(1_000), default, default),
                TimeoutSeconds: timeoutSeconds)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);
        return await account.Http.SendAsync(request, Stop);
    }
}
