using System.Net;
using System.Net.Http.Json;
using Orkestron.Sdk.Tests.Hosting;
using Orkestron.Tests.Shared;

[assembly: AssemblyFixture(typeof(Platform))]

namespace Orkestron.Sdk.Tests.Hosting;

/// <summary>
/// The platform as a process of its own on SQLite, as people run it; a test may kill it. One is shared by all tests, which
/// keep apart by accounts and provider names of their own.
/// </summary>
public sealed class Platform : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly WebProcess _process = new(
        Patience,
        ("Orkestron__Web__AccountRequestsPerMinute", "10000"),
        ("Orkestron__Accounts__FreeAccounts", "1000000"),
        ("Orkestron__Accounts__MaxAccounts", "1000000"),
        ("Orkestron__Web__Providers__RenewPeriod", "00:00:00.5"),
        ("Orkestron__Web__Providers__MaxCalls", "8"),
        ("Orkestron__Web__Providers__MaxCallBytes", "4096"),
        ("Orkestron__Providers__Grace", "00:00:01"),
        ("Orkestron__Providers__FreshAfter", "00:00:00"),
        ("Orkestron__Providers__VersionGrace", "00:00:02"),
        ("Orkestron__Tasks__RedispatchPeriod", "00:00:02"),
        ("Orkestron__Tasks__WaitingAge", "00:00:01"),
        ("Orkestron__Web__StepPageSize", "3"),
        ("Orkestron__Web__MaxTaskValueBytes", "20000"),
        ("Logging__LogLevel__Default", "Warning"));

    public Uri Address => _process.Address;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts it, on the same address and store each time, and waits until it serves.</summary>
    public Task StartAsync() => _process.StartAsync();

    /// <summary>As kill -9 does.</summary>
    public Task KillAsync() => _process.KillAsync();

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
    public static Task UntilAsync(string what, Func<Task<bool>> so) => Polling.UntilAsync(what, Patience, _ => so());

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
