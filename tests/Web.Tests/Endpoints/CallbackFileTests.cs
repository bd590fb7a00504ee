using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Endpoints;
using Orkestron.Contracts.Providers;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Files and messages of agents over HTTP: by the callback's token, for its attempt, while that runs.</summary>
public sealed class CallbackFileTests(HttpNode node)
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task File_GivenToAnEndpoint_IsReadAndAnotherAnswered()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var given = await provider.Client.UploadAsync(bytes);
        peer.Answer = async (context, call) =>
        {
            var told = call.Json.Deserialize<EndpointCall>(JsonSerializerOptions.Web)!;
            var file = Assert.Single(told.Files!);
            Assert.Equal(given, file.Reference);
            using var read = await Http.GetAsync(file.Url);
            var content = await read.Content.ReadAsByteArrayAsync();
            using var made = await UploadAsync(told.Callback!.ToString(), [.. content.Reverse()]);
            var reference = (await ApiClient.ReadAsync<StepFileMade>(made, HttpStatusCode.Created)).Reference;
            await context.Response.WriteAsJsonAsync(new { text = reference });
        };

        var task = await provider.RunAsync(given);

        Assert.True(task.State == "completed", task.StatusMessage);
        Assert.True(ArtifactReference.TryRead(task.Result!.Value.GetProperty("text").GetString(), out var id));
        Assert.Equal(
            bytes.Reverse(), await provider.Client.Http.GetByteArrayAsync(new Uri($"artifacts/{id}", UriKind.Relative), ApiClient.Stop));
        var disclosed = await provider.Client.GetAsync<JsonElement>($"tasks/{task.Id}/disclosures");
        Assert.Contains(given, disclosed.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfARunningAttempt_OpensWhatItsStepMayUseAndNothingElse()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = (context, call) =>
        {
            context.Response.StatusCode = call.Json.GetProperty("attempt").GetInt32() == 1 ? 500 : StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };
        var given = await provider.Client.UploadAsync("given"u8.ToArray());
        var mine = await provider.Client.UploadAsync("of the same owner, for another task"u8.ToArray());
        using var stranger = await node.Node.GuestAsync();
        var theirs = await stranger.UploadAsync("of somebody else"u8.ToArray());
        var task = await provider.SubmitAsync(given);
        await provider.CalledAsync(2);
        var (first, callback) = (Callback(peer.Calls.First()), Callback(peer.Calls.Last()));

        await RefusedAsync(callback, mine, 404, "not_found");
        await RefusedAsync(callback, theirs, 404, "not_found");
        await RefusedAsync(callback, ArtifactReference.Of(Guid.NewGuid()), 404, "not_found");
        await RefusedAsync(first, given, 410, "callback_over");
        await RefusedAsync(callback[..^4] + "AAAA", given, 404, "not_found");
        Assert.Equal("given", await Http.GetStringAsync(Address(callback, given), ApiClient.Stop));
        using var large = await UploadAsync(callback, new byte[(20 << 20) + 1]);
        await ApiClient.ProblemAsync(large, 413, "too_large");
        using var early = await UploadAsync(first, "late"u8.ToArray());
        await ApiClient.ProblemAsync(early, 410, "callback_over");
        using var made = await UploadAsync(callback, "made"u8.ToArray());
        var reference = (await ApiClient.ReadAsync<StepFileMade>(made, HttpStatusCode.Created)).Reference;
        Assert.Equal("made", await Http.GetStringAsync(Address(callback, reference), ApiClient.Stop));

        using var told = await HttpProvider.TellAsync(callback, new { type = "result", output = new { text = "Done." } });
        Assert.Equal("completed", (await provider.SettledAsync(task.Id)).State);
        await RefusedAsync(callback, given, 410, "callback_over");
        using var over = await UploadAsync(callback, "over"u8.ToArray());
        await ApiClient.ProblemAsync(over, 410, "callback_over");
    }

    [Fact]
    public async Task Token_PastItsTime_OpensNothing()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync(timeoutSeconds: 0.3);
        peer.Answer = AcceptAsync;
        var given = await provider.Client.UploadAsync("given"u8.ToArray());

        var task = await provider.RunAsync(given);

        Assert.Equal("timeout", task.FailureCode);
        await RefusedAsync(Callback(peer.Calls.First()), given, 410, "callback_over");
        using var sent = await TellAsync(Callback(peer.Calls.First()), "messages", Message("0", "parent"));
        await ApiClient.ProblemAsync(sent, 410, "callback_over");
    }

    [Fact]
    public async Task Message_BetweenTwoEndpoints_IsSentOnceTakenOnceAndSeen()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = AcceptAsync;
        using var submitted = await provider.Client.SubmitAsync(new
        {
            agent = "orkestron/workflow",
            input = new
            {
                plan = new
                {
                    steps = new[]
                    {
                        new
                        {
                            id = "both",
                            parallel = new[]
                            {
                                new[] { new { id = "writer", call = provider.Agent, input = new { text = "writer" } } },
                                new[] { new { id = "critic", call = provider.Agent, input = new { text = "critic" } } },
                            },
                        },
                    },
                },
            },
        });
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await provider.CalledAsync(2);
        var (writer, critic) = (Call("writer"), Call("critic"));
        var (to, at) = ($"step:{critic.Json.GetProperty("step")}", Callback(writer));

        using var sent = await TellAsync(at, "messages", Message("0", to));
        using var again = await TellAsync(at, "messages", Message("0", to));
        using var other = await TellAsync(at, "messages", Message("0", "parent"));
        using var nobody = await TellAsync(at, "messages", Message("1", "step:99"));
        using var word = await TellAsync(at, "messages", Message("accepted.1", to));
        using var taken = await TellAsync(Callback(critic), "messages/take", new { key = "0", type = "draft" });

        var message = await ApiClient.ReadAsync<EndpointMessageSent>(sent, HttpStatusCode.OK);
        Assert.Equal(message, await ApiClient.ReadAsync<EndpointMessageSent>(again, HttpStatusCode.OK));
        await ApiClient.ProblemAsync(other, 409, "conflict");
        await ApiClient.ProblemAsync(nobody, 404, "not_found");
        await ApiClient.ProblemAsync(word, 400, "invalid");
        var got = (await ApiClient.ReadAsync<EndpointMessageTaken>(taken, HttpStatusCode.OK)).Message!;
        Assert.Equal(
            (message.MessageId, provider.Agent, "First."), (got.MessageId, got.FromRole, got.Data.GetProperty("line").GetString()));
        foreach (var call in new[] { writer, critic })
        {
            using var told = await HttpProvider.TellAsync(Callback(call), new { type = "result", output = new { text = "Done." } });
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        }

        var ended = await provider.SettledAsync(task.Id);
        Assert.True(ended.State == "completed", ended.StatusMessage);
        var page = await provider.Client.GetAsync<JsonElement>($"tasks/{task.Id}/messages");
        Assert.Equal("draft", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("type").GetString());
        using var late = await TellAsync(at, "messages/take", new { key = "9" });
        await ApiClient.ProblemAsync(late, 410, "callback_over");

        PeerCall Call(string role) => peer.Calls.Single(call => call.Json.GetProperty("input").GetProperty("text").GetString() == role);
    }

    private static Task AcceptAsync(HttpContext context, PeerCall call)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    private static object Message(string key, string to) => new { key, to, type = "draft", content = new { line = "First." } };

    private static string Callback(PeerCall call) => call.Json.GetProperty("callback").GetString()!;

    private static Uri Address(string callback, string reference) => new($"{callback}/artifacts/{reference["artifact:".Length..]}");

    private static Task<HttpResponseMessage> TellAsync(string callback, string what, object told) =>
        HttpProvider.TellAsync($"{callback}/{what}", told);

    private static async Task RefusedAsync(string callback, string reference, int status, string code)
    {
        using var answer = await Http.GetAsync(Address(callback, reference), ApiClient.Stop);
        await ApiClient.ProblemAsync(answer, status, code);
    }

    private static async Task<HttpResponseMessage> UploadAsync(string callback, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return await Http.PostAsync(new Uri($"{callback}/artifacts?name=made.txt"), content, ApiClient.Stop);
    }
}
