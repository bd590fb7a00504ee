using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>More calls of other agents at once than a connection may wait for: none is lost, none is made twice.</summary>
public sealed class ManyCallsTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 40, 10)]
    [InlineData(3, 20, 10)]
    // More bytes than there is room for, within the number.
    [InlineData(1, 7, 1_000_000)]
    public async Task Calls_OverTheLimit_AllEndOnce(int tasks, int calls, int characters)
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var ran = new ConcurrentDictionary<string, int>();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Text, Text>(Describe(account, "leaf"), (input, _, _) =>
            {
                ran.AddOrUpdate(input.Value[..12], 1, static (_, count) => count + 1);
                return Task.FromResult(new Text(input.Value[..12]));
            })
            .AddAgent<Text, Text>(Describe(account, "many"), async (input, context, stop) => new Text(string.Join(
                ' ', await CallAsync(context, $"{account.Provider}/leaf", calls, i => Padded(input.Value, i, characters), stop))))
            .StartAsync(Stop);

        var begun = await Task.WhenAll(Enumerable.Range(0, tasks).Select(
            i => client.RunAsync($"{account.Provider}/many", new Text($"{i}"), null, Stop)));

        foreach (var (task, i) in begun.Select(static (task, i) => (task, i)))
        {
            var expected = string.Join(' ', Enumerable.Range(0, calls).Select(call => Padded($"{i}", call, 12)));
            Assert.Equal(expected, (await task.ResultAsync<Text>(Stop)).Value);
            Assert.Equal(calls + 1, (await task.GetAsync(Stop)).Steps.Count);
        }

        Assert.Equal(Enumerable.Repeat(1, tasks * calls), ran.Values);
    }

    [Fact]
    public async Task Calls_ThatWaitForCallsOfTheSameProcess_DoNotWaitForEachOther()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Text, Text>(Describe(account, "leaf"), static (input, _, _) => Task.FromResult(input))
            .AddAgent<Text, Text>(Describe(account, "middle"), async (input, context, stop) => new Text(string.Join(
                ' ', await CallAsync(context, $"{account.Provider}/leaf", 2, i => $"{input.Value}.{i}", stop))))
            .AddAgent<Text, Text>(Describe(account, "many"), async (input, context, stop) => new Text(string.Join(
                ' ', await CallAsync(context, $"{account.Provider}/middle", 20, i => $"{i}", stop))))
            .StartAsync(Stop);

        var task = await client.RunAsync($"{account.Provider}/many", new Text(""), null, Stop);

        Assert.Equal(
            string.Join(' ', Enumerable.Range(0, 20).Select(static i => $"{i}.0 {i}.1")), (await task.ResultAsync<Text>(Stop)).Value);
    }

    [Fact]
    public async Task Call_OverTheLimit_IsRefusedWithACodeAndTakenWhenSentAgain()
    {
        var (account, hub, step, ended) = await OneStepAsync(calls: 20);
        using var owner = account;
        await using var link = hub;

        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            while (true)
            {
                try
                {
                    await hub.InvokeAsync("Call", Call(step, i, $"{account.Provider}/slow"), Stop);
                    return;
                }
                catch (HubException fault)
                {
                    Assert.Contains("too_many: ", fault.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                    await ended.NextAsync();
                }
            }
        }));
        await ended.All.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(12, refused);
        Assert.All(ended.Calls, static call => Assert.Null(call.Failure));
    }

    [Fact]
    public async Task Call_OverTheLimit_OfASenderThatHearsOfNoError_Fails()
    {
        var (account, hub, step, ended) = await OneStepAsync(calls: 20);
        using var owner = account;
        await using var link = hub;

        for (var i = 0; i < 20; i++)
        {
            await hub.SendAsync("Call", Call(step, i, $"{account.Provider}/slow"), Stop);
        }

        await ended.All.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(12, ended.Calls.Count(static call => call.Failure is { Code: "too_many", Retryable: true }));
        Assert.Equal(8, ended.Calls.Count(static call => call.Failure is null));
    }

    /// <summary>A step in the hands of a process that speaks for itself; the agent that it may call answers when the limit was
    /// met.</summary>
    private async Task<(Account Account, HubConnection Hub, StepAssignment Step, Ends Ended)> OneStepAsync(int calls)
    {
        var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        using var published = await HostileTests.PublishAsync(account, JsonSerializer.SerializeToElement(new { type = "object" }));
        published.EnsureSuccessStatusCode();
        var ended = new Ends(calls);
        var key = (await account.KeyAsync("publish")).Key;
        var slow = await (await account.ProviderAsync())
            .AddAgent<Text, Text>(Describe(account, "slow"), async (input, _, stop) =>
            {
                // Long enough for all of them to be called before the first one ends.
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, stop);
                return input;
            })
            .StartAsync(Stop);
        var hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(platform.Address, "/hubs/provider"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(key))
            .Build();
        hub.Closed += async _ => await slow.DisposeAsync();
        hub.On<AgentCallEnded>("CallEnded", ended.Add);
        var handed = new TaskCompletionSource<StepAssignment>();
        hub.On<StepAssignment>("Begin", handed.SetResult);
        await hub.StartAsync(Stop);
        await hub.InvokeAsync<ProviderWelcome>(
            "Announce", new ProviderHello(Guid.NewGuid().ToString("N"), 1, [new ServedAgent($"{account.Provider}/work", "1.0.0", 4)], []),
            Stop);
        await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        return (account, hub, await handed.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop), ended);
    }

    private static AgentCall Call(StepAssignment step, int i, string agent) =>
        new(step.Ticket, $"{i}", agent, JsonSerializer.SerializeToElement(new { value = $"{i}" }));

    private static async Task<string[]> CallAsync(
        IAgentContext context, string agent, int calls, Func<int, string> input, CancellationToken stop) =>
        await context.WhenAllAsync(
            [.. Enumerable.Range(0, calls).Select(i => (Func<IAgentContext, Task<string>>)(async branch =>
                (await branch.CallAgentAsync<Text, Text>(agent, new Text(input(i)), stop)).Value))],
            calls,
            stop);

    private static string Padded(string task, int call, int characters) => $"{task}-{call}-".PadRight(Math.Max(12, characters), 'x');

    private static AgentDescription Describe(Account account, string name) => new()
    {
        Agent = $"{account.Provider}/{name}",
        Summary = "A test.",
        Country = "DE",
        MaxInputBytes = 2_000_000,
        Examples = { ["One"] = new Text("a") },
    };

    public sealed record Text(string Value);

    private sealed class Ends(int expected)
    {
        private readonly System.Threading.Channels.Channel<bool> _each = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentBag<AgentCallEnded> Calls { get; } = [];

        public Task All => _all.Task;

        /// <summary>Completes with the next end that nobody has waited for.</summary>
        public ValueTask<bool> NextAsync() => _each.Reader.ReadAsync(Stop);

        public void Add(AgentCallEnded ended)
        {
            Calls.Add(ended);
            _each.Writer.TryWrite(true);
            if (Calls.Count == expected)
            {
                _all.TrySetResult();
            }
        }
    }
}
