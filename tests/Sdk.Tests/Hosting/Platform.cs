using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Users;
using Orkestron.Sdk.Tests.Hosting;

[assembly: AssemblyFixture(typeof(Platform))]

namespace Orkestron.Sdk.Tests.Hosting;

/// <summary>
/// The platform as a process of its own on SQLite, as people run it; a test may kill it. One is shared by all tests, which
/// keep apart by accounts and provider names of their own.
/// </summary>
public sealed class Platform : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-sdk-").FullName;
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts it, on the same address and store each time, and waits until it serves.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Orkestron.Web.dll"), "--urls", Address.ToString() },
            Environment =
            {
                ["Orkestron__DataDirectory"] = _folder,
                ["Orkestron__Web__AddressRequestsPerSecond"] = "10000",
                ["Orkestron__Web__AccountRequestsPerMinute"] = "10000",
                ["Orkestron__Web__Providers__RenewPeriod"] = "00:00:00.5",
                ["Orkestron__Providers__Grace"] = "00:00:01",
                ["Orkestron__Tasks__RedispatchPeriod"] = "00:00:02",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        })!;
        using var http = new HttpClient { BaseAddress = Address };
        await UntilAsync("the platform serves", async () =>
        {
            Assert.False(_process.HasExited, "The platform ended at once: run it by hand to see why.");
            try
            {
                return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(Stop);
    }

    /// <summary>A new guest with play tokens.</summary>
    public async Task<Account> GuestAsync()
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        var http = new HttpClient(handler) { BaseAddress = new Uri(Address, "/api/v1/") };
        using var opened = await http.PostAsJsonAsync("account/guest", new { over18 = true, acceptedPolicyVersion = 1 }, Stop);
        opened.EnsureSuccessStatusCode();
        return new Account(this, http);
    }

    /// <summary>Asks until something is so, across processes.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> so)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await so())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
            {
                Assert.Fail($"After {Patience.TotalSeconds} seconds still not so: {what}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
