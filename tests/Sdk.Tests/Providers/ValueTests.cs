using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>
/// Side effects whose results a run has gone on with: what is recorded of them when their process is lost, and what a process
/// may send that keeps to nothing.
/// </summary>
public sealed class ValueTests(Platform platform)
{
    private static readonly JsonElement Any = JsonSerializer.SerializeToElement(new { type = "object" });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Effects_OfOneRun_BeginInOrderAndStandInTheTaskWithWhatTheRunSaw()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var seen = new List<DateTimeOffset>();
        await using var provider = await StartAsync(account, async (context, stop) =>
        {
            for (var i = 1; i <= 3; i++)
            {
                var number = i;
                await context.SideEffectAsync(_ => Task.FromResult(number), stop);
                seen.Add(context.Now);
            }
        });

        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        Assert.Equal("completed", (await task.WaitAsync(Stop)).State);
        var marks = (await task.GetAsync(Stop)).Steps[0].Marks;

        Assert.Equal(["0", "1", "2"], marks.Select(static mark => mark.Key).Order(StringComparer.Ordinal));
        Assert.Equal(seen, marks.OrderBy(static mark => mark.Key).Select(static mark => mark.At));
    }

    [Theory]
    // What the first process had done of a side effect when it was lost, and how often the second one does it.
    [InlineData("nothing", 1)]
    [InlineData("recorded", 0)]
    [InlineData("called", 0)]
    public async Task Effect_OfALostProcess_IsDoneAgainUnlessItWasRecorded(string sent, int again)
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var first = await ConnectAsync(account);
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var step = await first.NextAsync();
        var value = new StepValue("0", JsonElement.Parse("7"), step.SentAt!.Value);
        if (sent == "recorded")
        {
            var result = await first.RecordAsync(step, value);
            Assert.Equal((1, null), (result.Taken, result.Failure));
        }
        else if (sent == "called")
        {
            await first.Hub.InvokeAsync(
                "Call",
                new AgentCall(
                    step.Ticket, "1", "orkestron/keyword-extractor", JsonSerializer.SerializeToElement(new { text = "Forty ships." }))
                {
                    Values = [value],
                },
                Stop);
            await first.CallEnded.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        }

        await first.DisposeAsync();
        var done = 0;
        var got = 0;
        await using var second = await StartAsync(account, async (context, stop) =>
        {
            got = await context.SideEffectAsync(_ => Task.FromResult(++done), stop);
            await context.CallAgentAsync(
                "orkestron/keyword-extractor", JsonSerializer.SerializeToElement(new { text = "Forty ships." }), stop);
        });

        var ended = await task.WaitAsync(Stop);
        Assert.True(ended.State == "completed", ended.StatusMessage);
        Assert.True(step.Fresh);
        Assert.Equal((again, again == 1 ? 1 : 7), (done, got));
        Assert.Equal(2, ended.Steps.Count);
    }

    [Fact]
    public async Task Answer_OfARunThatAnotherOneWasBefore_IsNotTaken()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var first = await ConnectAsync(account);
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var lost = await first.NextAsync();
        await first.DisposeAsync();
        await using var second = await ConnectAsync(account);
        var step = await second.NextAsync();
        Assert.Null((await second.RecordAsync(step, new StepValue("0", JsonElement.Parse("2"), default))).Failure);

        await using var back = await ConnectAsync(account);
        var superseded = await back.RecordAsync(lost, new StepValue("0", JsonElement.Parse("1"), default));
        await back.AnswerAsync(lost, "first", new StepValue("0", JsonElement.Parse("1"), default));
        var open = await task.GetAsync(Stop);
        await second.AnswerAsync(step, "second", new StepValue("0", JsonElement.Parse("2"), default));

        Assert.Equal((true, false), (lost.Fresh, step.Fresh));
        Assert.Equal((0, "run_superseded"), (superseded.Taken, superseded.Failure?.Code));
        Assert.Null(open.Result);
        Assert.Equal("second", (await task.ResultAsync<JsonElement>(Stop)).GetProperty("by").GetString());
    }

    public static TheoryData<string, StepValue[], int, string?> Frames => new()
    {
        { "good, bad, good", [Value("0"), Value(""), Value("2")], 1, "value_invalid" },
        { "nothing", [Value("0"), null!], 1, "value_invalid" },
        { "a long key", [Value("0"), Value(new string('1', 201))], 1, "value_invalid" },
        { "a wait stands there", [Value("0"), Value("9"), Value("2")], 1, "nondeterministic" },
        { "the same twice", [Value("0"), Value("0"), Value("1")], 3, null },
        { "too many", [.. Enumerable.Range(10, 65).Select(static i => Value($"{i}"))], 0, "value_invalid" },
        {
            "too large",
            [Value("0"), new StepValue("1", JsonSerializer.SerializeToElement(new string('x', 70_000)), default)],
            1,
            "value_invalid"
        },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task Values_OfOneMessage_AreTakenUpToTheFirstBadOne(string what, StepValue[] values, int taken, string? code)
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await using var process = await ConnectAsync(account);
        var task = await client.RunAsync($"{account.Provider}/work", new { value = what }, null, Stop);
        var step = await process.NextAsync();
        await process.Hub.InvokeAsync<StepHistoryResult>("Mark", new StepHistoryRequest(step.Ticket, "9", "wait", 1), Stop);

        var result = await process.RecordAsync(step, values);
        await process.AnswerAsync(step, "it", values);

        var ended = await task.WaitAsync(Stop);
        Assert.Equal((taken, code), (result.Taken, result.Failure?.Code));
        Assert.Equal((code is null ? "completed" : "failed", code), (ended.State, ended.FailureCode));
        Assert.Equal(
            values.Take(taken).Select(static value => value.Key).Distinct().Append("9"),
            ended.Steps[0].Marks.Select(static mark => mark.Key));
    }

    private static StepValue Value(string key) => new(key, JsonElement.Parse("1"), default);

    private static async Task<RunningProvider> StartAsync(Account account, Func<IAgentContext, CancellationToken, Task> run) =>
        await (await account.ProviderAsync())
            .AddAgent<JsonElement, JsonElement>(
                new AgentDescription
                {
                    Agent = $"{account.Provider}/work",
                    Version = "1.0.0",
                    Summary = "A test.",
                    Country = "DE",
                    CallBudget = 1m,
                    Examples = { ["One"] = new { value = "x" } },
                },
                async (_, context, stop) =>
                {
                    await run(context, stop);
                    return JsonSerializer.SerializeToElement(new { by = "library" });
                })
            .DrainWithin(TimeSpan.Zero)
            .StartAsync(Stop);

    private async Task<Bare> ConnectAsync(Account account)
    {
        // Published by the library, so that its processes and bare ones serve one version.
        await (await StartAsync(account, static (_, _) => Task.CompletedTask)).DisposeAsync();
        return await Bare.ConnectAsync(platform, account);
    }

    /// <summary>A process that speaks for itself; disposed, it is lost.</summary>
    private sealed class Bare : IAsyncDisposable
    {
        private readonly Channel<StepAssignment> _begun = Channel.CreateUnbounded<StepAssignment>();
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Bare(HubConnection hub) => Hub = hub;

        public HubConnection Hub { get; }

        public Task CallEnded => _called.Task;

        public static async Task<Bare> ConnectAsync(Platform platform, Account account)
        {
            var key = (await account.KeyAsync("publish")).Key;
            var process = new Bare(new HubConnectionBuilder()
                .WithUrl(
                    new Uri(platform.Address, "/hubs/provider"),
                    options => options.AccessTokenProvider = () => Task.FromResult<string?>(key))
                .Build());
            process.Hub.On<StepAssignment>("Begin", step => { process._begun.Writer.TryWrite(step); });
            process.Hub.On<AgentCallEnded>("CallEnded", _ => process._called.TrySetResult());
            await process.Hub.StartAsync(Stop);
            var welcome = await process.Hub.InvokeAsync<ProviderWelcome>(
                "Announce",
                new ProviderHello(Guid.NewGuid().ToString("N"), 1, [new ServedAgent($"{account.Provider}/work", "1.0.0", 1)], []),
                Stop);
            Assert.Equal((64, 65_536), (welcome.MaxValues, welcome.MaxValueBytes));
            return process;
        }

        public async Task<StepAssignment> NextAsync() =>
            await _begun.Reader.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop);

        public Task<StepValuesResult> RecordAsync(StepAssignment step, params StepValue[] values) =>
            Hub.InvokeAsync<StepValuesResult>("Record", new StepValues(step.Ticket, values), Stop);

        public Task AnswerAsync(StepAssignment step, string by, params StepValue[] values) => Hub.InvokeAsync(
            "Answer", new StepAnswer(step.Ticket, JsonSerializer.SerializeToElement(new { by }), null) { Values = values }, Stop);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
