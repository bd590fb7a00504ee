using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Orkestron.Web.Startup;

/// <summary>The address that the web listens on.</summary>
internal static partial class Listening
{
    /// <summary>The default address.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    private static readonly string[] Configured = ["urls", "http_ports", "https_ports"];

    /// <summary>Uses the default address unless one is configured in one of the standard ways.</summary>
    public static void UseDefaultUrl(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (!configuration.GetSection("Kestrel:Endpoints").Exists()
            && Configured.All(key => string.IsNullOrWhiteSpace(configuration[key])))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }

    /// <summary>Logs the address and what to do next once the server listens.</summary>
    public static void AnnounceListening(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orkestron");
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            foreach (var address in addresses)
            {
                LogListening(logger, address);
            }
        });
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Orkestron is ready. Open {Address} and run an agent as a guest. Programs start at {Address}/openapi/v1.json. Ctrl+C stops it.")]
    private static partial void LogListening(ILogger logger, string address);
}
