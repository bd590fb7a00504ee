using System.Diagnostics;

namespace Orkestron.Web.Tests.Processes;

/// <summary>The web node as a process of its own, which a test may kill at any moment.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-kill-").FullName;
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}");

    /// <summary>Starts it, on the same address and store each time, and waits until it serves.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Orkestron.Web.dll"), "--urls", Address.ToString() },
            Environment =
            {
                ["Orkestron__DataDirectory"] = _folder,
                ["Orkestron__Web__AddressRequestsPerSecond"] = "10000",
                ["Logging__LogLevel__Default"] = "Error",
            },
        };
        _process = Process.Start(start)!;
        await Polling.UntilReadyAsync(Address, Patience, () => Assert.False(
            _process.HasExited, "The node ended at once: run it by hand to see why."));
    }

    /// <summary>As kill -9 does: no warning, no last words.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
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
}
