using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Tests.Hosting;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>Everything durable that an agent may ask for, over the connection, when its process is lost in the middle.</summary>
public sealed class DurableAskTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_LostAfterItsAsks_GetsWhatWasRecorded()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var script = new Script();
        var one = await StartAsync(account, script);
        var task = await client.RunAsync($"{account.Provider}/all", new Text("Forty ships came in May."), null, Stop);
        await script.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await one.DisposeAsync();
        script.Hangs = false;

        await using var two = await StartAsync(account, script);
        var result = await task.ResultAsync<Answers>(Stop);
        var ended = await task.GetAsync(Stop);

        Assert.Equal((2, 1), (script.Runs, script.Effects));
        Assert.Equal(script.First, result);
        Assert.Equal(2, ended.Steps.Count(step => step.Agent == "orkestron/keyword-extractor"));
        Assert.Equal(ended.Cost.Charged.Micro, ended.Steps.Sum(step => step.Cost.Micro));
        Assert.Contains(
            ended.Steps, step => step is { State: "canceled", Cost.Micro: 0 } && step.Agent.EndsWith("/never", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rerun_AskingForLess_FailsAndSaysWhatIsLacking()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var runs = 0;
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Text, Text>(Describe(account, "less") with { CallBudget = 1m }, async (input, context, stop) =>
            {
                if (++runs == 1)
                {
                    await Script.TermsAsync(context, input, stop);
                    throw new AgentSuspendedException();
                }

                return input;
            })
            .StartAsync(Stop);

        var task = await client.RunAsync($"{account.Provider}/less", new Text("Forty ships came in May."), null, Stop);
        var failed = await Assert.ThrowsAsync<OrkestronException>(() => task.ResultAsync<Text>(Stop));

        Assert.Equal("nondeterministic", failed.Code);
        Assert.Contains("a call of orkestron/keyword-extractor; now the code came to its end", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_FromAStepOfAnAgentInAProcess_RunsAndPaysOnlyWhatFollows()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Text, int>(Describe(account, "chain") with { CallBudget = 1m }, async (input, context, stop) =>
                await Script.TermsAsync(context, input, stop) + await Script.TermsAsync(context, new Text("Rain fell."), stop))
            .StartAsync(Stop);
        var first = await client.RunAsync($"{account.Provider}/chain", new Text("Forty ships came in May."), null, Stop);
        var total = await first.ResultAsync<int>(Stop);

        using var retried = await account.Http.PostAsJsonAsync($"tasks/{first.Id}/retry", new { fromStep = 3 }, Stop);
        Assert.Equal(HttpStatusCode.Accepted, retried.StatusCode);
        var begun = (await retried.Content.ReadFromJsonAsync<TaskDetail>(Stop))!;
        var second = (await account.Http.GetFromJsonAsync<TaskDetail>($"tasks/{begun.Id}?wait=60", Stop))!;

        Assert.Equal(("completed", total), (second.State, second.Result!.Value.GetInt32()));
        Assert.Equal("0", Assert.Single(second.Steps, step => step.ReusedFrom is not null).Key);
        Assert.Equal(second.Steps[0].Cost.Micro + second.Steps[2].Cost.Micro, second.Cost.Charged.Micro);
    }

    private static async Task<RunningProvider> StartAsync(Account account, Script script) => await (await account.ProviderAsync())
        .AddAgent<Text, Answers>(Describe(account, "all") with { CallBudget = 1m }, (input, context, stop) =>
            script.RunAsync(account.Provider, input, context, stop))
        .AddAgent<Text, Text>(Describe(account, "never"), async (_, _, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return new Text("");
        })
        .DrainWithin(TimeSpan.Zero)
        .StartAsync(Stop);

    private static AgentDescription Describe(Account account, string name) => new()
    {
        Agent = $"{account.Provider}/{name}",
        Summary = "A test.",
        Country = "DE",
        PricePerCall = 0.001m,
        Examples = { ["One"] = new Text("a") },
    };

    private sealed class Script
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Hangs { get; set; } = true;

        public int Runs { get; private set; }

        public int Effects { get; private set; }

        public Answers? First { get; private set; }

        public async Task<Answers> RunAsync(string provider, Text input, IAgentContext context, CancellationToken stop)
        {
            Runs++;
            var number = await context.SideEffectAsync(_ => Task.FromResult(++Effects), stop);
            var both = await context.WhenAllAsync<int>(
                [branch => TermsAsync(branch, input, stop), branch => TermsAsync(branch, new Text("Rain fell all day."), stop)], 2, stop);
            var winner = await context.RaceAsync<string>(
                [
                    async (branch, over) => (await branch.CallAgentAsync<Text, Text>($"{provider}/never", input, over)).Value,
                    async (branch, over) =>
                    {
                        await branch.SleepAsync(TimeSpan.FromMilliseconds(300), over);
                        return "the clock";
                    },
                ],
                stop);
            var answers = new Answers(number, both[0], both[1], winner, context.Now, context.NewId());
            First ??= answers;
            Asked.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            }

            return answers;
        }

        public static async Task<int> TermsAsync(IAgentContext context, Text input, CancellationToken stop)
        {
            var answer = await context.CallAgentAsync<object, JsonElement>(
                "orkestron/keyword-extractor", new { text = input.Value }, stop);
            return answer.GetProperty("keyphrases").GetArrayLength();
        }
    }

    public sealed record Text(string Value);

    public sealed record Answers(int Number, int First, int Second, string Winner, DateTimeOffset Now, Guid Id);
}
