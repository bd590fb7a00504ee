using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Web.Startup;
using Orkestron.Web.Tests.Hosting;

[assembly: AssemblyFixture(typeof(WebNode))]

namespace Orkestron.Web.Tests.Hosting;

/// <summary>
/// The product as people start it: Kestrel on a free port, a silo of its own, and the embedded store in a folder of its
/// own. One for all tests of the assembly; tests keep apart by signing in as users of their own.
/// </summary>
public sealed class WebNode : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-web-").FullName;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The folder of its store.</summary>
    public string Folder => _folder;

    /// <summary>What the node is made of.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Calls grains directly, for what no API can arrange.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <param name="address">Where to listen; null takes a free port.</param>
    /// <param name="more">More of the command line; it wins over what is set here.</param>
    public async Task StartAsync(string? address = null, params string[] more)
    {
        _app = WebHost.Build([
            "--urls", address ?? "http://127.0.0.1:0",
            "--Orkestron:DataDirectory", _folder,
            "--Orkestron:Web:AccountRequestsPerMinute", "100000",
            "--Orkestron:Accounts:FreeAccounts", "1000000",
            "--Orkestron:Accounts:MaxAccounts", "1000000",
            "--Orkestron:Web:AddressRequestsPerSecond", "10000",
            "--Orkestron:Web:UserRequestsPerSecond", "100000",
            "--Orkestron:Web:FailedKeysPerMinute", "100000",
            "--Orkestron:Web:StreamHeartbeat", "00:00:00.2",
            "--Orkestron:Web:SessionGrace", "00:00:10",
            "--Logging:LogLevel:Default", "Warning",
            .. more]);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A client without a session.</summary>
    public ApiClient Visitor() => new(Address);

    /// <summary>A client signed in as a new guest with play tokens.</summary>
    public async Task<ApiClient> GuestAsync()
    {
        var client = Visitor();
        await client.OpenGuestAsync();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
