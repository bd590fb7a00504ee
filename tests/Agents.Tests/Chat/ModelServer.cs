using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Chat;

/// <summary>A server that speaks chat completions over real sockets, and the agent that is configured for it.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    public const string Key = "sk-local-secret";

    private readonly WebApplication _app;
    private ServiceProvider? _services;

    private ModelServer(WebApplication app) => _app = app;

    public IAgent Agent => _services!.GetServices<IAgent>().Single(a => a.Card.Name == "chat");

    /// <summary>All agents, those that need a model among them.</summary>
    public IReadOnlyList<IAgent> All => [.. _services!.GetServices<IAgent>()];

    public int Requests { get; private set; }

    public string LastBody { get; private set; } = "";

    public string LastKey { get; private set; } = "";

    public static async Task<ModelServer> StartAsync(
        Func<HttpContext, Task> answer, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ModelServer(app);
        app.MapPost("/v1/chat/completions", async http =>
        {
            server.Requests++;
            server.LastKey = http.Request.Headers.Authorization.ToString();
            using var reader = new StreamReader(http.Request.Body);
            server.LastBody = await reader.ReadToEndAsync(http.RequestAborted);
            await answer(http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        server._services = FakeDirectory.Add(new ServiceCollection())
            .AddBuiltInAgents(new ConfigurationBuilder().AddInMemoryCollection([
                new("Orkestron:Models:Endpoint", app.Urls.Single() + "/v1"),
                new("Orkestron:Models:Key", Key),
                new("Orkestron:Models:Model", "small-1"),
                .. settings]).Build())
            .BuildServiceProvider();
        return server;
    }

    /// <summary>Sends one piece of the answer as an event.</summary>
    public static async Task SendAsync(HttpContext http, string text, string? finish = null)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "text/event-stream";
        }

        var chunk = System.Text.Json.JsonSerializer.Serialize(new
        {
            id = "c1",
            @object = "chat.completion.chunk",
            created = 1,
            model = "small-1-2026",
            choices = new[] { new { index = 0, delta = new { role = "assistant", content = text }, finish_reason = finish } },
        });
        await http.Response.WriteAsync($"data: {chunk}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static async Task EndAsync(HttpContext http)
    {
        await SendAsync(http, "", "stop");
        await http.Response.WriteAsync(
            """data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"small-1-2026","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"""
            + "\n\ndata: [DONE]\n\n",
            http.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}
