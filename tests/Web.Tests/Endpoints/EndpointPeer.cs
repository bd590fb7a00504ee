using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Web.Startup;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>A provider's HTTP endpoint: Kestrel on a free port of this machine, which answers as a test says.</summary>
internal sealed class EndpointPeer : IAsyncDisposable
{
    private WebApplication? _app;

    public const string Challenge = "/.well-known/orkestron-challenge";

    /// <summary>What its challenge answers.</summary>
    public string Token { get; set; } = "";

    /// <summary>How often the challenge was asked.</summary>
    public int Challenges { get; private set; }

    /// <summary>How it answers calls.</summary>
    public Func<HttpContext, PeerCall, Task> Answer { get; set; } = (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <summary>All calls so far.</summary>
    public ConcurrentQueue<PeerCall> Calls { get; } = new();

    public Uri Address { get; private set; } = null!;

    public static async Task<EndpointPeer> StartAsync(X509Certificate2? certificate = null)
    {
        var peer = new EndpointPeer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AllowSynchronousIO = true;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        peer._app = builder.Build();
        peer._app.Run(peer.ServeAsync);
        await peer._app.StartAsync(TestContext.Current.CancellationToken);
        peer.Address = new Uri(
            peer._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Path == Challenge)
        {
            Challenges++;
            await context.Response.WriteAsync($"other\n{Token}\n");
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = new PeerCall(
            context.Request.Headers["webhook-id"].ToString(),
            context.Request.Headers["webhook-timestamp"].ToString(),
            context.Request.Headers["webhook-signature"].ToString(),
            body.ToArray());
        Calls.Enqueue(call);
        await Answer(context, call);
    }
}

/// <summary>A call as it arrived.</summary>
internal sealed record PeerCall(string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Whether one of its signatures is made with this secret: computed here, as a provider would.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.").Concat(Body).ToArray();
        return Signature.Split(' ').Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
    }
}
