using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>What is lost while a step is in a provider's hands: its process, or the platform.</summary>
public sealed class CrashTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_KilledWithinAStep_ItsSuccessorEndsTheTaskOnce()
    {
        using var account = await platform.GuestAsync();
        var key = await account.KeyAsync("publish");
        using var client = await account.ClientAsync();
        await using var first = new Sample("StreamingProvider", platform, key.Key, account.Provider);
        await account.ConnectedAsync("count", 1);
        var task = await client.RunAsync($"{account.Provider}/count", new { to = 20, pauseMilliseconds = 200 }, null, Stop);
        await WorksAsync(task);

        await first.KillAsync();
        await account.ConnectedAsync("count", 0);
        TaskWait? away = null;
        await Platform.UntilAsync(
            "it waits for its provider", async () => (away = (await task.GetAsync(Stop)).WaitingFor) is { Kind: "provider" });
        await using var second = new Sample("StreamingProvider", platform, key.Key, account.Provider);

        await PaidOnceAsync(account, task, 2_000);
        Assert.NotNull(away?.LastSeen);
        var events = await EventsAsync(task);
        var lost = Assert.Single(events, static told => told.Type == "step.lost").Data;
        Assert.Equal((1, "worker_lost"), (lost.GetProperty("attempt").GetInt32(), lost.GetProperty("reason").GetString()));
        Assert.Equal(
            [1, 2],
            events.Where(static told => told.Type == "step.started").Select(static told => told.Data.GetProperty("attempt").GetInt32()));
        var step = Assert.Single((await task.GetAsync(Stop)).Steps);
        Assert.Equal(2, step.Attempt);
        Assert.Equal(["worker_lost", null], step.Runs.Select(static run => run.Failure));
    }

    [Fact]
    public async Task Platform_KilledWithinAStep_TheProcessGoesOnAndHandsItsAnswerIn()
    {
        await using var own = new Platform();
        await own.InitializeAsync();
        using var account = await own.GuestAsync();
        using var client = await account.ClientAsync();
        await using var sample = new Sample("StreamingProvider", own, (await account.KeyAsync("publish")).Key, account.Provider);
        await account.ConnectedAsync("count", 1);
        var task = await client.RunAsync($"{account.Provider}/count", new { to = 20, pauseMilliseconds = 200 }, null, Stop);
        await WorksAsync(task);

        await own.KillAsync();
        await own.StartAsync();

        await PaidOnceAsync(account, task, 2_000);
        Assert.Single((await task.GetAsync(Stop)).Steps);
    }

    [Fact]
    public async Task Platform_KilledBeforeAValueIsDurable_GetsItAgainFromTheProcess()
    {
        await using var own = new Platform();
        await own.InitializeAsync();
        using var account = await own.GuestAsync();
        using var client = await account.ClientAsync();
        var (runs, effects) = (0, 0);
        var drawn = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Number, Number>(Describe(account, "draw", 0.001m), async (_, context, stop) =>
            {
                Interlocked.Increment(ref runs);
                // The platform goes while the first one is done, so that its value finds nobody to record it.
                var first = await context.SideEffectAsync(
                    async _ =>
                    {
                        drawn.TrySetResult();
                        await killed.Task;
                        return Interlocked.Increment(ref effects);
                    },
                    stop);
                var second = await context.SideEffectAsync(_ => Task.FromResult(10 * Interlocked.Increment(ref effects)), stop);
                return new Number(first + second);
            })
            .StartAsync(Stop);
        var task = await client.RunAsync($"{account.Provider}/draw", new Number(1), null, Stop);
        await drawn.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        await own.KillAsync();
        killed.SetResult();
        await own.StartAsync();

        Assert.Equal(21, (await task.ResultAsync<Number>(Stop)).Value);
        Assert.Equal((1, 2), (runs, effects));
        Assert.Equal(["0", "1"], (await task.GetAsync(Stop)).Steps[0].Marks.Select(static mark => mark.Key).Order());
    }

    [Fact]
    public async Task Orchestrator_KilledBetweenCalls_CallsNoAgentTwice()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var calls = 0;
        await using var callee = await (await account.ProviderAsync())
            .AddAgent<Number, Number>(Describe(account, "add", 0.001m), (input, _, _) =>
            {
                Interlocked.Increment(ref calls);
                return Task.FromResult(new Number(input.Value + 1));
            })
            .StartAsync(Stop);
        var called = new TaskCompletionSource();
        var hang = new TaskCompletionSource();
        var runs = 0;

        async Task<Number> ThreeCalls(Number input, Contracts.Agents.IAgentContext context, CancellationToken stop)
        {
            var value = input;
            var first = Interlocked.Increment(ref runs) == 1;
            for (var i = 0; i < 3; i++)
            {
                value = (await context.CallAgentAsync(
                    $"{account.Provider}/add", JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web), stop))
                    .Deserialize<Number>(JsonSerializerOptions.Web)!;
                if (first && i == 1)
                {
                    called.TrySetResult();
                    await hang.Task.WaitAsync(stop);
                }
            }

            return value;
        }

        async Task<RunningProvider> Start() => await (await account.ProviderAsync())
            .AddAgent<Number, Number>(Describe(account, "three", 0.001m) with { CallBudget = 0.1m }, ThreeCalls)
            .DrainWithin(TimeSpan.Zero)
            .StartAsync(Stop);

        var one = await Start();
        var task = await client.RunAsync($"{account.Provider}/three", new Number(1), null, Stop);
        await called.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await one.DisposeAsync();
        await using var two = await Start();

        Assert.Equal(4, (await task.ResultAsync<Number>(Stop)).Value);
        Assert.Equal((3, 2), (calls, runs));
        Assert.Equal(4_000, (await task.GetAsync(Stop)).Cost.Charged.Micro);
    }

    [Fact]
    public async Task Orchestrator_KilledTwiceAlongWithThePlatform_RepeatsNoStepAndOwesNone()
    {
        await using var own = new Platform();
        await own.InitializeAsync();
        using var account = await own.GuestAsync();
        using var client = await account.ClientAsync();
        var key = (await account.KeyAsync("publish")).Key;
        await using var first = new Sample("Approval", own, key, account.Provider);
        await account.ConnectedAsync("notice", 1);
        // It calls an agent, asks, waits, and acts outside: each is a step of the journal.
        var task = await client.RunAsync(
            $"{account.Provider}/notice", new { text = "Forty ships came in May. Each ship pays by its length.", afterSeconds = 3 }, null, Stop);
        await Platform.UntilAsync("it asks", async () => (await task.GetAsync(Stop)).State == "input-required");

        await using var second = await BothKilledAsync(first);
        using var answered = await account.Http.PostAsJsonAsync(
            $"tasks/{task.Id}/input", new { input = new { approved = true, value = "Forty ships." } }, Stop);
        answered.EnsureSuccessStatusCode();
        await Platform.UntilAsync(
            "it waits", async () => (await task.GetAsync(Stop)).Steps[0].Marks.Any(static mark => mark.Kind == "timer"));
        await using var third = await BothKilledAsync(second);
        var ended = await task.WaitAsync(Stop);

        Assert.True(ended.State == "completed", ended.StatusMessage);
        Assert.Equal(2, ended.Steps.Count);
        Assert.Equal(2, (await EventsAsync(task)).Count(static told => told.Type == "step.completed"));
        Assert.All(ended.Steps, static step => Assert.Equal(("completed", step.Price), (step.State, step.Cost)));
        Assert.Equal(ended.Cost.Charged.Micro, ended.Steps.Sum(static step => step.Cost.Micro));
        var wallet = await account.WalletAsync();
        Assert.Equal((20_000_000 - ended.Cost.Charged.Micro, 0L), (wallet.Available.Micro, wallet.Held.Micro));
        Assert.Single(
            string.Join('\n', first.Output, second.Output, third.Output).Split('\n'),
            static line => line.Contains("NOTICE Forty ships.", StringComparison.Ordinal));

        async Task<Sample> BothKilledAsync(Sample process)
        {
            await process.KillAsync();
            await own.KillAsync();
            await own.StartAsync();
            return new Sample("Approval", own, key, account.Provider);
        }
    }

    private static AgentDescription Describe(Account account, string name, decimal price) => new()
    {
        Agent = $"{account.Provider}/{name}",
        Summary = "A test.",
        Country = "DE",
        PricePerCall = price,
        Examples = { ["One"] = new Number(1) },
    };

    private static Task WorksAsync(TaskHandle task) => Platform.UntilAsync(
        "the step works", async () => (await task.GetAsync(Stop)) is { State: "working", Partial.Length: > 0 });

    private static async Task PaidOnceAsync(Account account, TaskHandle task, long micro)
    {
        var ended = await task.WaitAsync(Stop);
        Assert.True(ended.State == "completed", ended.StatusMessage);
        Assert.Equal(micro, ended.Cost.Charged.Micro);
        var wallet = await account.WalletAsync();
        Assert.Equal((20_000_000 - micro, 0L), (wallet.Available.Micro, wallet.Held.Micro));
        var sequence = 0L;
        await foreach (var told in task.EventsAsync(0, Stop))
        {
            if (!told.Transient)
            {
                Assert.Equal(++sequence, told.Sequence);
            }
        }

        var ends = (await EventsAsync(task)).Count(told => told.Type == "step.completed");
        Assert.Equal(1, ends);
    }

    private static async Task<List<TaskEvent>> EventsAsync(TaskHandle task)
    {
        var events = new List<TaskEvent>();
        await foreach (var told in task.EventsAsync(0, Stop))
        {
            events.Add(told);
        }

        return events;
    }

    public sealed record Number(int Value);
}
