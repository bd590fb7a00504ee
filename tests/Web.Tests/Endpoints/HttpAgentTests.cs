using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Tasks;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Agents over HTTP as providers meet them: a real endpoint, a real node, nothing in between.</summary>
public sealed class HttpAgentTests(HttpNode node)
{
    private static Task EchoAsync(HttpContext context, PeerCall call) => context.Response.WriteAsJsonAsync(
        new { text = call.Json.GetProperty("input").GetProperty("text").GetString() });

    [Fact]
    public async Task Document_Answered_IsTheResultAndIsPaid()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        var secret = await provider.ArriveAsync();
        peer.Answer = EchoAsync;

        var task = await provider.RunAsync("Good evening.");

        Assert.Equal("completed", task.State);
        Assert.Equal("Good evening.", task.Result!.Value.GetProperty("text").GetString());
        Assert.Equal(10_000, task.Cost.Charged.Micro);
        var call = Assert.Single(peer.Calls);
        Assert.True(call.IsSignedWith(secret.Secret));
        Assert.StartsWith("msg_", call.Id, StringComparison.Ordinal);
        Assert.Equal(
            ["task", "step", "attempt", "agent", "version", "input", "deadline", "callback"],
            call.Json.EnumerateObject().Select(static member => member.Name));
        Assert.DoesNotContain(provider.Client.UserId.ToString("N"), call.Json.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(task.Id.ToString(), call.Json.GetProperty("task").GetString());
        var health = await provider.HealthAsync();
        Assert.Equal(("up", 0d, "127.0.0.1"), (health.State, health.FailureRate, health.Host));
        // The run was its own provider's: it does not count in what others see.
        Assert.Null(health.P50Milliseconds);
    }

    [Theory]
    [InlineData("application/x-ndjson", """{"type":"progress","percent":40,"message":"Halfway"}|{"type":"partial","text":"Good"}||{"type":"result","output":{"text":"Good day."}}|{"type":"result","output":{"text":"Twice."}}|""")]
    [InlineData("text/event-stream", """: hello||event: progress|data: {"percent":40}||data: {"type":"partial","text":"Good"}||event: result|data: {"output":{"text":"Good day."}}||""")]
    public async Task Stream_Answered_EndsWithItsFirstResult(string type, string lines)
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = async (context, _) =>
        {
            context.Response.ContentType = type;
            await context.Response.WriteAsync(lines.Replace('|', '\n'));
        };

        var task = await provider.RunAsync();

        Assert.True(task.State == "completed", task.StatusMessage);
        Assert.Equal("Good day.", task.Result!.Value.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("text/event-stream", """event: ping|data: {}||event: result|data: {"output":{"text":"Good day."}}||""")]
    [InlineData("text/event-stream", """event: heartbeat|data: still here||data: {"type":"usage","tokens":5}||data: {"type":"result","output":{"text":"Good day."}}||""")]
    [InlineData("application/x-ndjson", """{"type":"ping"}|{"type":"partial","text":"Good"}|{"type":"result","output":{"text":"Good day."}}|""")]
    [InlineData("application/x-ndjson", "\ufeff{\"type\":\"result\",\"output\":{\"text\":\"Good day.\"}}|")]
    [InlineData("application/json", "\ufeff{\"text\":\"Good day.\"}")]
    [InlineData("application/vnd.api+json; charset=utf-8", """{"text":"Good day."}""")]
    [InlineData("application/hal+json", "\ufeff{\"text\":\"Good day.\",\"n\":1e400}")]
    public async Task Answer_WithTypesThatNobodyKnows_AMarkOfItsOrder_OrAKindOfJson_IsTaken(string type, string said)
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = async (context, _) =>
        {
            context.Response.ContentType = type;
            await context.Response.WriteAsync(said.Replace('|', '\n'));
        };

        var task = await provider.RunAsync();

        Assert.True(task.State == "completed", task.StatusMessage);
        Assert.Equal("Good day.", task.Result!.Value.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Stream_WhileItRuns_IsReadAlong()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Answer = async (context, _) =>
        {
            context.Response.ContentType = "application/x-ndjson";
            await context.Response.WriteAsync("""{"type":"partial","text":"Once upon"}""" + "\n");
            await context.Response.Body.FlushAsync();
            await BeatAsync(context, seen.Task);
            await context.Response.WriteAsync("""{"type":"result","output":{"text":"Once upon a time."}}""" + "\n");
        };

        var task = await provider.SubmitAsync();
        await foreach (var (_, told) in provider.Client.EventsAsync(task.Id))
        {
            if (told.Type == "step.output")
            {
                seen.TrySetResult();
            }
        }

        Assert.True(seen.Task.IsCompleted);
        Assert.Equal("completed", (await provider.SettledAsync(task.Id)).State);
    }

    [Fact]
    public async Task Later_ToldByCallback_IsDurableOnceAndTheSameTwice()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = AcceptAsync;
        var task = await provider.SubmitAsync();
        var callback = (await provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        using var progress = await HttpProvider.TellAsync(callback, new { type = "progress", percent = 10 });
        using var wrong = await HttpProvider.TellAsync(callback, new { type = "finished" });
        using var first = await HttpProvider.TellAsync(callback, new { type = "result", output = new { text = "Later." } });
        using var second = await HttpProvider.TellAsync(callback, new { type = "result", output = new { text = "Later." } });
        using var other = await HttpProvider.TellAsync(callback, new { type = "error", code = "no", message = "No." });

        Assert.Equal("told", (await ApiClient.ReadAsync<JsonElement>(progress, HttpStatusCode.OK)).GetProperty("status").GetString());
        await ApiClient.ProblemAsync(wrong, 400, "invalid");
        Assert.Equal("recorded", (await ApiClient.ReadAsync<JsonElement>(first, HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.Equal("recorded", (await ApiClient.ReadAsync<JsonElement>(second, HttpStatusCode.OK)).GetProperty("status").GetString());
        await ApiClient.ProblemAsync(other, 410, "callback_over");
        var ended = await provider.SettledAsync(task.Id);
        Assert.Equal("Later.", ended.Result!.Value.GetProperty("text").GetString());
        Assert.Equal(10_000, ended.Cost.Charged.Micro);
        Assert.Single(peer.Calls);
        Assert.Equal("up", (await provider.HealthAsync()).State);
    }

    [Fact]
    public async Task Callback_OfNoStep_IsAProblem()
    {
        var address = new Uri(node.Node.Address, "/api/v1/callbacks/");

        using var unknown = await HttpProvider.TellAsync($"{address}bm90LWEtdG9rZW4", new { type = "progress" });
        using var forged = await HttpProvider.TellAsync($"{address}{new string('A', 200)}", new { type = "progress" });

        await ApiClient.ProblemAsync(unknown, 404, "not_found");
        await ApiClient.ProblemAsync(forged, 404, "not_found");
    }

    [Fact]
    public async Task Callback_ThatBreaksTheSchema_IsToldAndNotPaid()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = AcceptAsync;
        var task = await provider.SubmitAsync();
        var callback = (await provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        using var told = await HttpProvider.TellAsync(callback, new { type = "result", output = new { words = 1 } });

        await ApiClient.ProblemAsync(told, 422, "output_invalid");
        var ended = await provider.SettledAsync(task.Id);
        Assert.Equal(("failed", 0L), (ended.State, ended.Cost.Charged.Micro));
        Assert.Equal("output_invalid", (await provider.HealthAsync()).LastErrorKind);
    }

    [Fact]
    public async Task Cancelled_TheEndpointThatTookItOver_IsToldWithASignature()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        var secret = await provider.ArriveAsync();
        peer.Answer = AcceptAsync;
        var task = await provider.SubmitAsync();
        var call = await provider.CalledAsync();
        await AcceptedAsync(provider, task.Id);

        using var canceled = await provider.Client.PostAsync($"tasks/{task.Id}/cancel", "{}");
        var told = await provider.CalledAsync(2);
        using var late = await HttpProvider.TellAsync(
            call.Json.GetProperty("callback").GetString()!, new { type = "result", output = new { text = "Too late." } });

        Assert.Equal("step.canceled", told.Json.GetProperty("type").GetString());
        Assert.Equal(call.Json.GetProperty("task").GetString(), told.Json.GetProperty("task").GetString());
        Assert.True(told.IsSignedWith(secret.Secret));
        Assert.NotEqual(call.Id, told.Id);
        await ApiClient.ProblemAsync(late, 410, "callback_over");
        Assert.Equal(0, (await provider.SettledAsync(task.Id)).Cost.Charged.Micro);
    }

    [Fact]
    public async Task Cancelled_WhileItAnswers_TheConnectionCloses()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Answer = async (context, _) =>
        {
            context.Response.ContentType = "application/x-ndjson";
            context.RequestAborted.Register(closed.SetResult);
            await BeatAsync(context, closed.Task);
        };
        var task = await provider.SubmitAsync();
        await provider.CalledAsync();

        using var canceled = await provider.Client.PostAsync($"tasks/{task.Id}/cancel", "{}");

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), ApiClient.Stop);
        Assert.Equal("canceled", (await provider.SettledAsync(task.Id)).State);
    }

    [Theory]
    [InlineData(422, "rejected", "Say more.", 1)]
    [InlineData(404, "failed", "Say more.", 1)]
    [InlineData(500, "failed", "The endpoint answered 500.", 3)]
    [InlineData(302, "failed", "redirects are not followed", 1)]
    [InlineData(204, "failed", "200 and 202 are what it may", 3)]
    public async Task Status_Answered_MeansWhatTheGuideSays(int status, string state, string says, int calls)
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://169.254.169.254/latest/meta-data/";
            if (status is 422 or 404)
            {
                await context.Response.WriteAsJsonAsync(
                    new { detail = "Say more." }, (JsonSerializerOptions?)null, "application/problem+json");
            }
        };

        var task = await provider.RunAsync();

        Assert.Equal(state, task.State);
        Assert.Contains(says, task.StatusMessage, StringComparison.Ordinal);
        Assert.Equal(0, task.Cost.Charged.Micro);
        Assert.Equal(calls, peer.Calls.Count);
        Assert.Equal(calls, peer.Calls.Select(static call => call.Id).Distinct().Count());
    }

    [Fact]
    public async Task Busy_WithRetryAfter_IsTriedAgainAndIsNoFaultOfTheEndpoint()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = async (context, call) =>
        {
            if (call.Json.GetProperty("attempt").GetInt32() == 1)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                return;
            }

            await EchoAsync(context, call);
        };

        var task = await provider.RunAsync();

        Assert.Equal("completed", task.State);
        Assert.Equal(2, peer.Calls.Count);
        Assert.Equal("endpoint_busy", (await provider.HealthAsync()).LastErrorKind);
    }

    [Fact]
    public async Task Failing_TheEndpoint_IsLeftAloneAndTriedAgainWhileStepsWait()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await provider.RunAsync();
        await provider.RunAsync();
        var down = await provider.HealthAsync();
        peer.Answer = EchoAsync;

        var waited = await provider.RunAsync();

        Assert.Equal("down", down.State);
        Assert.NotNull(down.RetryAt);
        Assert.Equal("endpoint_error", down.LastErrorKind);
        Assert.Equal("completed", waited.State);
        Assert.Equal("up", (await provider.HealthAsync()).State);
    }

    [Fact]
    public async Task Restarted_BetweenTheTwoAnswers_TheStepGoesOnWithoutASecondCall()
    {
        await using var peer = await EndpointPeer.StartAsync();
        await using var own = new WebNode();
        await own.StartAsync(null, HttpNode.Settings);
        using var provider = new HttpProvider(await own.GuestAsync(), peer);
        await provider.ArriveAsync();
        peer.Answer = AcceptAsync;
        var task = await provider.SubmitAsync();
        var callback = (await provider.CalledAsync()).Json.GetProperty("callback").GetString()!;
        await AcceptedAsync(provider, task.Id);

        await own.StopAsync();
        await own.StartAsync(own.Address.ToString(), HttpNode.Settings);
        await Polling.UntilAsync("the step was dispatched again", TimeSpan.FromSeconds(30), async _ =>
            (await provider.Client.GetAsync<JsonElement>($"agents/{provider.Agent}/stats")).GetProperty("working").GetInt32() == 1);
        using var told = await HttpProvider.TellAsync(callback, new { type = "result", output = new { text = "After all." } });

        await ApiClient.ReadAsync<JsonElement>(told, HttpStatusCode.OK);
        var ended = await provider.SettledAsync(task.Id);
        Assert.Equal("After all.", ended.Result!.Value.GetProperty("text").GetString());
        Assert.Single(peer.Calls);
        Assert.Equal(0, (await provider.Client.GetAsync<JsonElement>($"agents/{provider.Agent}/stats")).GetProperty("working").GetInt32());
    }

    /// <summary>Keeps a stream open by its heartbeats until something has happened.</summary>
    private static async Task BeatAsync(HttpContext context, Task until)
    {
        while (!until.IsCompleted)
        {
            await context.Response.WriteAsync("\n");
            await context.Response.Body.FlushAsync();
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }
    }

    private static Task AcceptAsync(HttpContext context, PeerCall call)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    /// <summary>Until the log says that the endpoint took the step over.</summary>
    private static Task AcceptedAsync(HttpProvider provider, Guid taskId) => Polling.UntilAsync(
        "the step was taken over", TimeSpan.FromSeconds(30), async stop =>
        {
            await foreach (var (_, told) in provider.Client.EventsAsync(taskId).WithCancellation(stop))
            {
                if (told.Type == "step.kept")
                {
                    return true;
                }
            }

            return false;
        });
}
