using System.Collections.Concurrent;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>Queue, capacity, cancellation, ends of every kind, keys.</summary>
public sealed class ServingTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_WhileNobodyIsConnected_WaitsWithItsPlace()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await (await StartAsync(account, Echo)).DisposeAsync();
        await account.ConnectedAsync("work", 0);
        var first = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        var second = await client.RunAsync($"{account.Provider}/work", new Text("b"), null, Stop);
        await Platform.UntilAsync("the second waits second", async () => (await second.GetAsync(Stop)).QueuePosition == 2);

        await using var provider = await StartAsync(account, Echo);

        Assert.Equal("a", (await first.ResultAsync<Text>(Stop)).Value);
        Assert.Equal("b", (await second.ResultAsync<Text>(Stop)).Value);
    }

    [Fact]
    public async Task Watcher_OfATaskThatWaits_SeesItsPlaceGetSmaller()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        using var turn = new SemaphoreSlim(0);
        await using var provider = await StartAsync(
            account,
            async (input, _, stop) =>
            {
                await turn.WaitAsync(stop);
                return input;
            },
            capacity: 1);
        var tasks = new List<TaskHandle>();
        for (var i = 0; i < 4; i++)
        {
            tasks.Add(await client.RunAsync($"{account.Provider}/work", new Text($"{i}"), null, Stop));
        }

        var places = new List<int>();
        await foreach (var told in tasks[^1].EventsAsync(0, Stop))
        {
            if (told.Type == "step.queued")
            {
                places.Add(told.Data.GetProperty("position").GetInt32());
                turn.Release();
            }
            else if (told.Type is "step.started" or "step.progress")
            {
                turn.Release();
            }
        }

        Assert.Equal(places.OrderDescending(), places);
        Assert.Equal((3, 1), (places[0], places[^1]));
        Assert.Equal("3", (await tasks[^1].ResultAsync<Text>(Stop)).Value);
    }

    [Fact]
    public async Task Deadline_WhileNobodyIsConnected_EndsTheTaskUnpaid()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await (await StartAsync(account, Echo)).DisposeAsync();
        var task = await client.RunAsync(
            $"{account.Provider}/work",
            new Text("a"),
            new RunOptions { Deadline = TimeProvider.System.GetUtcNow().AddSeconds(2) },
            Stop);

        var ended = await task.WaitAsync(Stop);

        Assert.Equal(("failed", "deadline_passed", 0L), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
    }

    [Fact]
    public async Task TwoProcesses_OfOneAgent_ShareItsWork()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var meet = new ConcurrentDictionary<string, bool>();
        var met = new TaskCompletionSource();

        Func<Text, IAgentContext, CancellationToken, Task<Text>> Meeting(string name) => async (input, _, stop) =>
        {
            meet[name] = true;
            if (meet.Count == 2)
            {
                met.TrySetResult();
            }

            await met.Task.WaitAsync(stop);
            return input;
        };

        await using var one = await StartAsync(account, Meeting("one"), capacity: 1);
        await using var two = await StartAsync(account, Meeting("two"), capacity: 1);
        await account.ConnectedAsync("work", 2);
        var tasks = await Task.WhenAll(
            client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop),
            client.RunAsync($"{account.Provider}/work", new Text("b"), null, Stop));

        Assert.Equal(["a", "b"], (await Task.WhenAll(tasks.Select(task => task.ResultAsync<Text>(Stop)))).Select(text => text.Value));
        Assert.Equal(2, meet.Count);
    }

    [Fact]
    public async Task Cancel_OfARunningTask_ReachesTheProvider()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var begun = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using var provider = await StartAsync(account, async (input, _, stop) =>
        {
            begun.TrySetResult();
            await using var told = stop.Register(() => stopped.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return input;
        });
        var task = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        await task.CancelAsync(Stop);

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.Equal(("canceled", 0L), ((await task.WaitAsync(Stop)).State, (await task.GetAsync(Stop)).Cost.Charged.Micro));
    }

    [Theory]
    [InlineData("refuse", "rejected", "not_this")]
    [InlineData("fail", "failed", "gone_wrong")]
    [InlineData("break", "failed", "agent_fault")]
    [InlineData("large", "failed", "output_too_large")]
    public async Task End_OtherThanAnAnswer_IsToldAndNotPaid(string what, string state, string code)
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await using var provider = await StartAsync(account, (input, _, _) => input.Value switch
        {
            "refuse" => throw new AgentRefusedException("Not this.") { Code = "not_this" },
            "fail" => throw new AgentFailedException("Gone wrong.") { Code = "gone_wrong" },
            "break" => throw new InvalidOperationException("secret"),
            _ => Task.FromResult(new Text(new string('x', 1_100_000))),
        });
        var task = await client.RunAsync($"{account.Provider}/work", new Text(what), null, Stop);

        var ended = await task.WaitAsync(Stop);

        Assert.Equal((state, code, 0L), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
        Assert.DoesNotContain("secret", ended.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_OfAStep_SaysNothingOfTheTaskOrItsOwner()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var seen = "";
        await using var provider = await StartAsync(account, (input, context, _) =>
        {
            seen = context.TaskId;
            return Task.FromResult(input);
        });
        var task = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        await task.WaitAsync(Stop);

        Assert.True(Guid.TryParse(seen, out var pseudonym));
        Assert.NotEqual(task.Id, pseudonym);
    }

    [Fact]
    public async Task Key_Revoked_EndsTheConnectionAndTheProcess()
    {
        using var account = await platform.GuestAsync();
        var key = await account.KeyAsync("publish");
        await using var provider = await OrkestronProvider.Create().UseAddress(platform.Address).UseApiKey(key.Key)
            .AddAgent<Text, Text>(Describe(account), Echo).StartAsync(Stop);
        await account.ConnectedAsync("work", 1);

        await account.RevokeAsync(key);

        var refused = await Assert.ThrowsAsync<OrkestronException>(() => provider.Completion.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        Assert.Equal("api_key_refused", refused.Code);
        await account.ConnectedAsync("work", 0);
    }

    [Fact]
    public async Task Start_WithoutTheScope_SaysWhatIsMissing()
    {
        using var account = await platform.GuestAsync();
        var key = await account.KeyAsync("read");
        var provider = OrkestronProvider.Create().UseAddress(platform.Address).UseApiKey(key.Key)
            .AddAgent<Text, Text>(Describe(account), Echo);

        var refused = await Assert.ThrowsAsync<OrkestronException>(() => provider.StartAsync(Stop));

        Assert.Equal("forbidden", refused.Code);
        Assert.Contains("publish", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_UnderAnotherAccountsName_IsRefused()
    {
        using var anna = await platform.GuestAsync();
        using var ben = await platform.GuestAsync();
        await (await StartAsync(anna, Echo)).DisposeAsync();
        var provider = (await ben.ProviderAsync()).AddAgent<Text, Text>(Describe(anna), Echo);

        var refused = await Assert.ThrowsAsync<OrkestronException>(() => provider.StartAsync(Stop));

        Assert.Equal("provider_taken", refused.Code);
    }

    private static Task<Text> Echo(Text input, IAgentContext context, CancellationToken stop) => Task.FromResult(input);

    private static AgentDescription Describe(Account account) => new()
    {
        Agent = $"{account.Provider}/work",
        Summary = "A test.",
        Country = "DE",
        PricePerCall = 0.001m,
        Examples = { ["One"] = new Text("a") },
    };

    private static async Task<RunningProvider> StartAsync(
        Account account, Func<Text, IAgentContext, CancellationToken, Task<Text>> run, int? capacity = null) =>
        await (await account.ProviderAsync()).AddAgent(Describe(account), run, capacity).StartAsync(Stop);

    public sealed record Text(string Value);
}
