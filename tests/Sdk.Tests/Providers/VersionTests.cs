using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Tests.Hosting;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>A step goes to a process of the version that its task agreed to.</summary>
public sealed class VersionTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Task_ThatGoesOnAfterAnUpgrade_GoesOnInItsOwnVersion()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        await using var old = await StartAsync(account, "1.0.0");
        var first = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        await AskedAsync(first);

        await using var fresh = await StartAsync(account, "2.0.0");
        await account.ConnectedAsync("work", 2);
        var second = await client.RunAsync($"{account.Provider}/work", new Text("b"), null, Stop);
        await AskedAsync(second);
        await AnswerAsync(account, first);
        await AnswerAsync(account, second);

        Assert.Equal("a by 1.0.0", (await first.ResultAsync<Text>(Stop)).Value);
        Assert.Equal("b by 2.0.0", (await second.ResultAsync<Text>(Stop)).Value);
    }

    [Fact]
    public async Task Task_WhoseVersionNobodyServesAnyMore_FailsWithThatUnpaid()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var old = await StartAsync(account, "1.0.0");
        var task = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        await AskedAsync(task);

        await old.DisposeAsync();
        await using var fresh = await StartAsync(account, "2.0.0");
        await AnswerAsync(account, task);
        var ended = await task.WaitAsync(Stop);

        Assert.Equal(("failed", "version_gone", 0L), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
        Assert.Contains("serve only 2.0.0", ended.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_PublishedAsACandidate_GetsItsShareOnlyAndTheFirstOneIsCurrent()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        // Said for all starts of the program: the first version is the current one all the same.
        await using var old = await StartAsync(account, "1.0.0", candidateShare: 0);
        await using var fresh = await StartAsync(account, "2.0.0", candidateShare: 0);
        await using var again = await StartAsync(account, "1.0.0", candidateShare: 0);
        var rollout = await RolloutAsync(account);
        var task = await client.RunAsync($"{account.Provider}/work", new Text("a"), null, Stop);
        var version = (await task.GetAsync(Stop)).AgentVersion;
        await using var all = await StartAsync(account, "3.0.0");

        Assert.Equal(("1.0.0", "2.0.0", 0), (rollout.Current, rollout.Candidate, rollout.Share));
        Assert.Equal("1.0.0", version);
        Assert.Equal("3.0.0", (await RolloutAsync(account)).Current);
    }

    [Theory]
    [InlineData("51")]
    [InlineData("-1")]
    [InlineData("ten")]
    public async Task Share_ThatIsNone_IsRefusedBeforeAnythingIsPublished(string share)
    {
        var provider = OrkestronProvider.Create("--key", "ork_x", "--candidate-share", share)
            .AddAgent<Text, Text>(
                new AgentDescription { Agent = "a/b", Summary = "A test.", Country = "DE", Examples = { ["One"] = new Text("a") } },
                (input, _, _) => Task.FromResult(input));

        var refused = await Assert.ThrowsAsync<OrkestronException>(() => provider.RunAsync(Stop));

        Assert.Equal("candidate_share_invalid", refused.Code);
    }

    private static async Task<AgentRolloutView> RolloutAsync(Account account) =>
        (await account.Http.GetFromJsonAsync<AgentRolloutView>(
            $"agents/{account.Provider}/work/rollout", JsonSerializerOptions.Web, Stop))!;

    private static async Task<RunningProvider> StartAsync(Account account, string version, int? candidateShare = null)
    {
        var provider = await account.ProviderAsync();
        return await (candidateShare is { } share ? provider.AsCandidate(share) : provider).AddAgent<Text, Text>(
            new AgentDescription
            {
                Agent = $"{account.Provider}/work",
                Summary = "A test.",
                Country = "DE",
                Version = version,
                PricePerCall = 0.001m,
                Examples = { ["One"] = new Text("a") },
            },
            async (input, context, stop) =>
            {
                // The run ends with the question; another one goes on with the answer.
                await context.AskUserAsync(new UserQuestion("Go on?", JsonElement.Parse("""{"type":"object"}""")), stop);
                return new Text($"{input.Value} by {version}");
            }).StartAsync(Stop);
    }

    private static async Task AskedAsync(TaskHandle task)
    {
        await foreach (var happened in task.EventsAsync(0, Stop))
        {
            if (happened.Type == "step.suspended")
            {
                return;
            }
        }

        Assert.Fail("The task ended without asking.");
    }

    private static async Task AnswerAsync(Account account, TaskHandle task)
    {
        using var answered = await account.Http.PostAsJsonAsync($"tasks/{task.Id}/input", new { input = new { } }, Stop);
        answered.EnsureSuccessStatusCode();
    }

    public sealed record Text(string Value);
}
