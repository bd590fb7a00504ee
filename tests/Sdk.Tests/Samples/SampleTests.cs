using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Messages;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Samples;

/// <summary>Each sample as its README runs it.</summary>
public sealed class SampleTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echo_Run_AnswersAndIsPaid()
    {
        using var account = await platform.GuestAsync();
        await using var sample = await StartAsync("EchoProvider", account);
        await account.ConnectedAsync("echo", 1);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/echo", new { text = "Good evening." }, null, Stop);
        var result = await task.ResultAsync<JsonElement>(Stop);

        Assert.Equal(("Good evening.", 13), (result.GetProperty("text").GetString(), result.GetProperty("characters").GetInt32()));
        Assert.Equal(1_000, (await task.GetAsync(Stop)).Cost.Charged.Micro);
        Assert.Equal(0, await sample.TerminateAsync());
        await account.ConnectedAsync("echo", 0);
    }

    [Fact]
    public async Task Streaming_Run_IsReadAlong()
    {
        using var account = await platform.GuestAsync();
        await using var sample = await StartAsync("StreamingProvider", account);
        await account.ConnectedAsync("count", 1);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/count", new { to = 10, pauseMilliseconds = 150 }, null, Stop);
        var types = new List<string>();
        await foreach (var told in task.EventsAsync(0, Stop))
        {
            types.Add(told.Type);
        }

        Assert.Contains("step.output", types);
        Assert.Contains("step.progress", types);
        Assert.Equal("task.settled", types[^1]);
        Assert.Equal(55, (await task.ResultAsync<JsonElement>(Stop)).GetProperty("sum").GetInt32());
    }

    [Fact]
    public async Task Orchestrator_Run_PaysTheAgentsItCalls()
    {
        using var account = await platform.GuestAsync();
        await using var sample = await StartAsync("Orchestrator", account);
        await account.ConnectedAsync("brief", 1);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync(
            $"{account.Provider}/brief", new { text = "Forty ships came in May. Each ship pays by its length." }, null, Stop);
        var ended = await task.WaitAsync(Stop);

        Assert.True(ended.State == "completed", ended.StatusMessage);
        Assert.Equal(3, ended.Steps.Count);
        Assert.All(ended.Steps, step => Assert.Equal("completed", step.State));
        Assert.Equal(ended.Cost.Charged.Micro, ended.Steps.Sum(step => step.Cost.Micro));
    }

    [Fact]
    public async Task Messages_Run_SettlesTheTextBetweenWriterAndCritic()
    {
        using var account = await platform.GuestAsync();
        await using var sample = await StartAsync("Messages", account);
        await account.ConnectedAsync("critic", 1);
        await account.ConnectedAsync("editor", 1);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/editor", new { text = "very old and quite full" }, null, Stop);
        var result = await task.ResultAsync<JsonElement>(Stop);
        var told = (await account.Http.GetFromJsonAsync<ListOf<TaskMessage>>(
            $"tasks/{task.Id}/messages", JsonSerializerOptions.Web, Stop))!;

        Assert.Equal("old and full", result.GetProperty("text").GetString());
        Assert.Equal(["draft", "verdict", "draft", "verdict", "draft", "verdict"], told.Items.Select(message => message.Type));
        Assert.All(told.Items, message => Assert.NotNull(message.ReceivedAt));
    }

    [Fact]
    public async Task Consumer_Run_PrintsEventsResultAndCost()
    {
        using var account = await platform.GuestAsync();
        var key = await account.KeyAsync("read", "write");
        await using var sample = new Sample("Consumer", platform, key.Key, "", "Forty ships came in May.");

        Assert.True(await sample.EndedAsync() == 0, sample.Output);
        Assert.Contains("task.completed", sample.Output, StringComparison.Ordinal);
        Assert.Contains("Result {", sample.Output, StringComparison.Ordinal);
        Assert.Contains("Charged 0.0", sample.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_KilledWhileItAsks_SendsTheEditedNoticeOnce()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        var first = await StartAsync("Approval", account);
        await account.ConnectedAsync("notice", 1);
        var task = await client.RunAsync(
            $"{account.Provider}/notice", new { text = "Forty ships came in May. Each ship pays by its length.", afterSeconds = 1 }, null, Stop);
        await Platform.UntilAsync("it asks", async () => (await task.GetAsync(Stop)).State == "input-required");
        await first.KillAsync();
        await first.DisposeAsync();
        await account.ConnectedAsync("notice", 0);

        await using var second = await StartAsync("Approval", account);
        using var answered = await account.Http.PostAsJsonAsync(
            $"tasks/{task.Id}/input", new { input = new { approved = true, value = "Forty ships." } }, Stop);
        answered.EnsureSuccessStatusCode();
        var ended = await task.WaitAsync(Stop);

        Assert.True(ended.State == "completed", ended.StatusMessage);
        Assert.Equal("Forty ships.", (await task.ResultAsync<JsonElement>(Stop)).GetProperty("text").GetString());
        Assert.Single(second.Output.Split('\n'), static line => line.Contains("NOTICE Forty ships.", StringComparison.Ordinal));
        Assert.Equal(ended.Cost.Charged.Micro, ended.Steps.Sum(step => step.Cost.Micro));
    }

    private async Task<Sample> StartAsync(string name, Account account) =>
        new(name, platform, (await account.KeyAsync("publish")).Key, account.Provider);
}
