using System.Diagnostics;

namespace Orkestron.Tests.Shared;

/// <summary>The web node as a process of its own, which a test may kill at any moment.</summary>
/// <param name="patience">How long it may take to serve.</param>
/// <param name="settings">Its environment, beside its folder and a limit that tests would reach.</param>
internal sealed class WebProcess(TimeSpan patience, params (string Name, string Value)[] settings) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-web-process-").FullName;
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
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        await Polling.UntilReadyAsync(Address, patience, () => Assert.False(
            _process.HasExited, "The node ended at once: run it by hand to see why."));
    }

    /// <summary>The ids of the processes that it has started.</summary>
    public IReadOnlyList<int> Children()
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var file = Path.Combine(folder, "stat");
            if (int.TryParse(Path.GetFileName(folder), out var id) && File.Exists(file)
                && int.TryParse(File.ReadAllText(file).Split(") ")[^1].Split(' ')[1], out var parent) && parent == _process!.Id)
            {
                found.Add(id);
            }
        }

        return found;
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
