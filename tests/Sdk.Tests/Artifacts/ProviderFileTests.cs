using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Messages;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Artifacts;

/// <summary>Agents in a provider's process that read and make files, talk to each other, and spend within a budget.</summary>
public sealed class ProviderFileTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_GivenAndMade_PassesThroughAProcess()
    {
        using var account = await platform.GuestAsync();
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);
        var given = await UploadAsync(account, bytes);
        await using var provider = await (await account.ProviderAsync()).AddAgent<Named, Named>(
            Describe(account, "reverse"),
            async (input, context, stop) =>
            {
                await using var file = await context.OpenArtifactAsync(input.File!, stop);
                Assert.Equal(("data.bin", (long)bytes.Length), (file.Name, file.Size));
                using var whole = new MemoryStream();
                await file.Content.CopyToAsync(whole, stop);
                using var turned = new MemoryStream([.. whole.ToArray().Reverse()]);
                return new Named(await context.CreateArtifactAsync("turned.bin", "application/octet-stream", turned, stop));
            }).StartAsync(Stop);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/reverse", new Named(given), null, Stop);
        var result = await task.ResultAsync<Named>(Stop);

        Assert.True(ArtifactReference.TryRead(result.File, out var id));
        Assert.Equal(bytes.Reverse(), await account.Http.GetByteArrayAsync(new Uri($"artifacts/{id}", UriKind.Relative), Stop));
        var info = await account.Http.GetFromJsonAsync<Artifact>($"artifacts/{id}/info", JsonSerializerOptions.Web, Stop);
        Assert.Equal(("turned.bin", false), (info!.Name, info.InUse));
    }

    [Fact]
    public async Task File_NotNamedInTheInput_CannotBeOpened()
    {
        using var account = await platform.GuestAsync();
        var secret = await UploadAsync(account, "secret"u8.ToArray());
        await using var provider = await (await account.ProviderAsync()).AddAgent<Named, Named>(
            Describe(account, "thief"),
            async (_, context, stop) =>
            {
                var refused = await Assert.ThrowsAsync<AgentFailedException>(() => context.OpenArtifactAsync(secret, stop));
                return new Named(refused.Code);
            }).StartAsync(Stop);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/thief", new Named(null), null, Stop);

        Assert.Equal("artifact_not_found", (await task.ResultAsync<Named>(Stop)).File);
    }

    [Fact]
    public async Task File_MadeAndNotNamed_GoesWithTheTask()
    {
        using var account = await platform.GuestAsync();
        await using var provider = await (await account.ProviderAsync()).AddAgent<Named, Named>(
            Describe(account, "scratch"),
            async (_, context, stop) =>
            {
                await context.CreateArtifactAsync("scratch.txt", "text/plain", new MemoryStream("scratch"u8.ToArray()), stop);
                return new Named("done");
            }).StartAsync(Stop);
        using var client = await account.ClientAsync();
        var task = await client.RunAsync($"{account.Provider}/scratch", new Named(null), null, Stop);
        await task.WaitAsync(Stop);

        Assert.Empty((await account.Http.GetFromJsonAsync<ArtifactList>("artifacts", JsonSerializerOptions.Web, Stop))!.Items);
    }

    [Fact]
    public async Task Messages_BetweenTwoAgentsOfOneTask_ArriveInOrderAndAreSeenByItsOwner()
    {
        using var account = await platform.GuestAsync();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Named, Named>(
                Describe(account, "editor", callBudget: 1m),
                async (input, context, stop) =>
                {
                    var answers = await context.WhenAllAsync<Named>(
                        [
                            branch => branch.CallAgentAsync<Named, Named>(
                                $"{account.Provider}/writer", input, stop, new CallOptions(Role: "writer")),
                            branch => branch.CallAgentAsync<Named, Named>(
                                $"{account.Provider}/critic", input, stop, new CallOptions(Role: "critic")),
                        ],
                        2,
                        stop);
                    return answers[0];
                })
            .AddAgent<Named, Named>(
                Describe(account, "writer"),
                async (_, context, stop) =>
                {
                    await context.SendAsync(MessageTo.Role("critic"), "draft", new Named("one"), stop);
                    await context.SendAsync(MessageTo.Role("critic"), "draft", new Named("two"), stop);
                    var verdict = await context.ReceiveAsync("verdict", stop);
                    return new Named($"{verdict.FromRole}: {verdict.Data.GetProperty("file").GetString()}");
                })
            .AddAgent<Named, Named>(
                Describe(account, "critic"),
                async (_, context, stop) =>
                {
                    var first = await context.ReceiveAsync("draft", stop);
                    var second = await context.ReceiveAsync(null, stop);
                    var both = $"{first.Data.GetProperty("file").GetString()} and {second.Data.GetProperty("file").GetString()}";
                    await context.SendAsync(MessageTo.Step(first.FromStep), "verdict", new Named(both), stop);
                    return new Named("done");
                })
            .StartAsync(Stop);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/editor", new Named(null), null, Stop);

        Assert.Equal("critic: one and two", (await task.ResultAsync<Named>(Stop)).File);
        var messages = (await account.Http.GetFromJsonAsync<ListOf<TaskMessage>>(
            $"tasks/{task.Id}/messages", JsonSerializerOptions.Web, Stop))!.Items;
        Assert.Equal(["draft", "draft", "verdict"], messages.Select(message => message.Type));
        Assert.All(messages, message => Assert.True(message is { Role: "agent", ReceivedAt: not null, To.StepId: not null }));
        Assert.Equal(("writer", "critic"), (messages[0].From.Role, messages[0].To.Role));
        Assert.Equal("one", messages[0].Parts[0].Data.GetProperty("file").GetString());
        using var other = await platform.GuestAsync();
        using var foreign = await other.Http.GetAsync(new Uri($"tasks/{task.Id}/messages", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task Budget_OfACall_BoundsWhatItCallsInTurn()
    {
        using var account = await platform.GuestAsync();
        var codes = new ConcurrentQueue<string>();
        await using var provider = await (await account.ProviderAsync())
            .AddAgent<Named, Named>(
                Describe(account, "boss", callBudget: 1m),
                async (input, context, stop) =>
                {
                    // Its own price and two calls, not three.
                    await context.CallAgentAsync<Named, Named>(
                        $"{account.Provider}/middle", input, stop, new CallOptions(Budget: new Contracts.Tokens(3_000)));
                    return input;
                })
            .AddAgent<Named, Named>(
                Describe(account, "middle", callBudget: 1m),
                async (input, context, stop) =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        try
                        {
                            await context.CallAgentAsync<Named, Named>($"{account.Provider}/leaf", input, stop);
                            codes.Enqueue("paid");
                        }
                        catch (AgentFailedException failed)
                        {
                            codes.Enqueue(failed.Code);
                        }
                    }

                    return input;
                })
            .AddAgent<Named, Named>(Describe(account, "leaf"), (input, _, _) => Task.FromResult(input))
            .StartAsync(Stop);
        using var client = await account.ClientAsync();

        var task = await client.RunAsync($"{account.Provider}/boss", new Named("x"), null, Stop);
        var ended = await task.WaitAsync(Stop);

        Assert.Equal("completed", ended.State);
        Assert.Equal(["paid", "paid", "budget_exhausted"], codes);
        Assert.Equal((4_000L, ended.Cost.Held.Micro - 4_000L), (ended.Cost.Charged.Micro, ended.Cost.Refunded.Micro));
    }

    private static async Task<string> UploadAsync(Account account, byte[] bytes)
    {
        using var answer = await account.Http.PostAsync(
            new Uri("artifacts?name=data.bin", UriKind.Relative), new ByteArrayContent(bytes), Stop);
        answer.EnsureSuccessStatusCode();
        return ArtifactReference.Of((await answer.Content.ReadFromJsonAsync<Artifact>(JsonSerializerOptions.Web, Stop))!.Id);
    }

    private static AgentDescription Describe(Account account, string name, decimal callBudget = 0) => new()
    {
        Agent = $"{account.Provider}/{name}",
        Summary = "A test.",
        Country = "DE",
        PricePerCall = 0.001m,
        CallBudget = callBudget,
        Examples = { ["One"] = new Named("a") },
    };

    public sealed record Named(string? File);
}
