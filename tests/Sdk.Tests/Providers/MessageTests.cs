using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;
using Orkestron.Sdk.Tests.Hosting;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>What steps in processes of providers tell each other, and what late processes may not.</summary>
public sealed class MessageTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LateRun_OfAnEarlierAttempt_MayNotActForTheStep()
    {
        using var account = await platform.GuestAsync();
        using var client = await account.ClientAsync();
        IAgentContext? late = null;
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Text, Text>(Describe(account, "late") with { CallBudget = 1m }, async (input, context, stop) =>
            {
                if (context.Attempt == 1)
                {
                    late = context;
                    throw new AgentFailedException("Once more.") { Code = "again", Retryable = true };
                }

                var nothing = JsonSerializer.SerializeToElement(new { text = "Old stone bridges." });
                Func<Task>[] deeds =
                [
                    () => late!.CallAgentAsync("orkestron/keyword-extractor", nothing, stop),
                    () => late!.SideEffectAsync(_ => Task.FromResult(nothing), stop),
                    () => late!.SendAsync(MessageTo.Role("anyone"), "note", nothing, stop),
                    () => late!.ReceiveAsync("note", stop),
                ];
                var codes = new List<string>();
                foreach (var deed in deeds)
                {
                    codes.Add((await Assert.ThrowsAsync<AgentFailedException>(deed)).Code);
                }

                return new Text(string.Join(' ', codes));
            })
            .StartAsync(Stop);

        var task = await client.RunAsync($"{account.Provider}/late", new Text("a"), null, Stop);

        Assert.Equal("task_canceled task_canceled task_canceled task_canceled", (await task.ResultAsync<Text>(Stop)).Value);
        Assert.Single((await task.GetAsync(Stop)).Steps);
    }

    // The clock stands still but for the port: a pause between two requests would never end.
    [Fact]
    public async Task Receive_FromAPlatformThatWaits_IsAskedAgainWithoutAPause()
    {
        var clock = new FakeTimeProvider();
        var port = new WaitingPort(clock, messageAt: 4);
        var context = new StepContext(
            new StepIdentity("task", "1", 1, clock.GetUtcNow(), clock, TimeSpan.FromSeconds(30)), port);

        var message = await context.ReceiveAsync("note", Stop);

        Assert.Equal(("note", 4), (message.Type, port.Asked));
    }

    private static AgentDescription Describe(Account account, string name) => new()
    {
        Agent = $"{account.Provider}/{name}",
        Summary = "A test.",
        Country = "DE",
        PricePerCall = 0.001m,
        Examples = { ["One"] = new Text("a") },
    };

    public sealed record Text(string Value);

    private sealed class WaitingPort(FakeTimeProvider clock, int messageAt) : IStepPort
    {
        public int Asked { get; private set; }

        public Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            return Task.FromResult(++Asked < messageAt
                ? null
                : new AgentMessage("2:0", 2, "writer", type!, default, clock.GetUtcNow()));
        }

        public void Progress(double? percent, string message) => throw new NotSupportedException();

        public void Write(string text) => throw new NotSupportedException();

        public Task<Recorded> CallAsync(
            string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<string> CreateArtifactAsync(
            string name, string mediaType, Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Recorded> SendAsync(
            string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CancelAsync(string keyPrefix, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
