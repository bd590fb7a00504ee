using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Agents.Chat;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Chat;

public sealed class ChatAgentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_OfAModel_IsStreamedAndCounted()
    {
        var release = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync(async http =>
        {
            await ModelServer.SendAsync(http, "Bonjour, ");
            await release.Task.WaitAsync(http.RequestAborted);
            await ModelServer.SendAsync(http, "monde 😀");
            await ModelServer.EndAsync(http);
        });
        // The server goes on only when the first piece has been seen: without streaming this would never end.
        var context = new FakeContext { OnWrite = _ => release.TrySetResult() };
        var answer = await RunAsync(server, context, new
        {
            prompt = "Translate: hello, world",
            instructions = "You translate into French.",
            history = new[] { new { role = "user", text = "hi" }, new { role = "assistant", text = "salut" } },
            maxOutputTokens = 50,
            temperature = 0.5,
        });
        Assert.Equal("Bonjour, monde 😀", answer.GetProperty("text").GetString());
        Assert.Equal("Bonjour, monde 😀", context.Written);
        Assert.Equal("small-1-2026", answer.GetProperty("model").GetString());
        Assert.Equal("stop", answer.GetProperty("finishReason").GetString());
        Assert.Equal(7, answer.GetProperty("usage").GetProperty("inputTokens").GetInt32());
        Assert.Equal(3, answer.GetProperty("usage").GetProperty("outputTokens").GetInt32());
        var body = JsonElement.Parse(server.LastBody);
        Assert.Equal(["system", "user", "assistant", "user"],
            body.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()!));
        Assert.True(body.GetProperty("stream").GetBoolean());
        Assert.Equal("Bearer " + ModelServer.Key, server.LastKey);
    }

    [Theory]
    [InlineData(500, "model_unavailable", true)]
    [InlineData(503, "model_unavailable", true)]
    [InlineData(429, "model_rate_limited", true)]
    [InlineData(401, "model_not_authorised", false)]
    [InlineData(400, "model_refused", false)]
    [InlineData(404, "model_refused", false)]
    public async Task Answer_OfAnErrorStatus_IsAFailureOnceAndKeepsSecrets(int status, string code, bool retryable)
    {
        await using var server = await ModelServer.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("""{"error":{"message":"sk-local-secret is bad","type":"x","code":"y"}}""");
        });
        var failure = await FailsAsync(server);
        Assert.Equal(code, failure.Code);
        Assert.Equal(retryable, failure.Retryable);
        Assert.DoesNotContain("sk-", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Wed, 01 Jan 2025 00:00:30 GMT", 30)]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT", 0)]
    [InlineData("1e99", 3600)]
    [InlineData("-5", 0)]
    [InlineData("soon", null)]
    public async Task RetryAfter_OfARateLimit_IsPassedOn(string header, int? seconds)
    {
        await using var server = await ModelServer.StartAsync(http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        var failure = await FailsAsync(server);
        Assert.True(failure.Retryable);
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, failure.RetryAfter);
    }

    [Theory]
    [InlineData("<html>welcome</html>", "text/html")]
    [InlineData("data: {not json}\n\n", "text/event-stream")]
    [InlineData("data: [1,2]\n\n", "text/event-stream")]
    [InlineData("data: {\"choices\":\"x\"}\n\n", "text/event-stream")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":5}}]}\n\n", "text/event-stream")]
    [InlineData("data: [DONE]\n\n", "text/event-stream")]
    [InlineData("", "text/event-stream")]
    public async Task Answer_OfGarbage_IsAFailure(string body, string type)
    {
        await using var server = await ModelServer.StartAsync(http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        });
        var failure = await FailsAsync(server);
        Assert.Equal("model_garbled", failure.Code);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task Answer_ThatBreaksOff_IsAFailureToRetry()
    {
        await using var server = await ModelServer.StartAsync(async http =>
        {
            await ModelServer.SendAsync(http, "half");
            http.Abort();
        });
        var failure = await FailsAsync(server);
        Assert.Equal("model_unavailable", failure.Code);
        Assert.True(failure.Retryable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Endpoint_ThatIsSilent_IsLeft(bool begins)
    {
        await using var server = await ModelServer.StartAsync(
            async http =>
            {
                if (begins)
                {
                    await ModelServer.SendAsync(http, "half");
                }

                await Aborted(http).Task;
            },
            new KeyValuePair<string, string?>("Orkestron:Models:SilenceSeconds", "1"));
        var failure = await FailsAsync(server);
        Assert.Equal("model_timeout", failure.Code);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task Run_WhenCancelled_StopsAndTellsTheEndpoint()
    {
        var left = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync(async http =>
        {
            await ModelServer.SendAsync(http, "begin");
            await Aborted(http).Task;
            left.TrySetResult();
        });
        using var stop = new CancellationTokenSource();
        var context = new FakeContext { OnWrite = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => server.Agent.RunAsync(JsonElement.Parse("""{"prompt":"a"}"""), context, stop.Token));
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsCut()
    {
        await using var server = await ModelServer.StartAsync(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await ModelServer.SendAsync(http, new string('x', 9_999));
            }
        });
        var answer = await RunAsync(server, new FakeContext(), new { prompt = "a" });
        Assert.Equal(100_000, answer.GetProperty("text").GetString()!.Length);
        Assert.Equal("length", answer.GetProperty("finishReason").GetString());
    }

    [Fact]
    public async Task Line_WithoutEnd_IsRefused()
    {
        await using var server = await ModelServer.StartAsync(
            async http =>
            {
                http.Response.ContentType = "text/event-stream";
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(new string('x', 9_999), http.RequestAborted);
                }
            },
            new KeyValuePair<string, string?>("Orkestron:Models:MaxResponseBytes", "100000"));
        Assert.Equal("output_too_large", (await FailsAsync(server)).Code);
    }

    [Fact]
    public async Task Card_Always_IsValid()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.EndAsync);
        var card = server.Agent.Card;
        SchemaAssert.MustBeSchema(card.InputSchema, "input schema");
        SchemaAssert.MustBeSchema(card.OutputSchema, "output schema");
        Assert.All(card.Examples, e => SchemaAssert.MustFit(card.InputSchema, e.Input, e.Title));
        Assert.InRange(card.Summary.Length, 1, 400);
        Assert.Equal("ZZ", card.Country);
        Assert.Equal("127.0.0.1", card.Recipient);
        foreach (var input in (string[])[
            "{}", """{"prompt":" "}""", """{"prompt":"a","maxOutputTokens":0}""", """{"prompt":"a","temperature":9}""",
            """{"prompt":"a","history":[null]}""",
        ])
        {
            var refusal = await Assert.ThrowsAsync<AgentRefusedException>(
                () => server.Agent.RunAsync(JsonElement.Parse(input), new FakeContext(), Stop));
            Assert.NotEqual("agent_refused", refusal.Code);
        }

        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public void Models_WithoutAKey_AreRefusedWithWhatToSet()
    {
        using var services = new ServiceCollection()
            .AddBuiltInAgents(new ConfigurationBuilder()
                .AddInMemoryCollection([new("Orkestron:Models:Endpoint", "http://127.0.0.1:1/v1"), new("Orkestron:Models:Model", "m")])
                .Build())
            .BuildServiceProvider();
        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value);
        Assert.Contains("Orkestron:Models:Key", fault.Message, StringComparison.Ordinal);
    }

    private static TaskCompletionSource Aborted(HttpContext http)
    {
        var aborted = new TaskCompletionSource();
        http.RequestAborted.Register(() => aborted.TrySetResult());
        return aborted;
    }

    private static async Task<JsonElement> RunAsync(ModelServer server, FakeContext context, object input)
    {
        var element = JsonSerializer.SerializeToElement(input);
        SchemaAssert.MustFit(server.Agent.Card.InputSchema, element, "input");
        var answer = await server.Agent.RunAsync(element, context, Stop);
        SchemaAssert.MustFit(server.Agent.Card.OutputSchema, answer, "output");
        return answer;
    }

    private static Task<AgentFailedException> FailsAsync(ModelServer server)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Assert.ThrowsAsync<AgentFailedException>(
            () => RunAsync(server, new FakeContext { Clock = clock }, new { prompt = "a" }));
    }
}
