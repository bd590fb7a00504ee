using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Tasks;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>Two silos and a web node as eng/cluster.sh starts them, from the binaries of this build.</summary>
internal sealed partial class ClusterProcesses(TestDatabase database) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-cluster-").FullName;
    private readonly List<int> _silos = [];
    private Process? _script;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}");

    /// <summary>Starts all three and waits until both silos are members and the web node serves.</summary>
    public async Task StartAsync()
    {
        // bin/<configuration>/<framework>
        var build = new DirectoryInfo(AppContext.BaseDirectory).Parent!;
        var root = build.Parent!;
        while (!File.Exists(Path.Combine(root.FullName, "Orkestron.sln")))
        {
            root = root.Parent!;
        }

        _script = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(root.FullName, "eng", "cluster.sh") },
            RedirectStandardOutput = true,
            Environment =
            {
                ["ORKESTRON_POSTGRES"] = database.ConnectionString,
                ["ORKESTRON_CLUSTER_FOLDER"] = _folder,
                ["ORKESTRON_CLUSTER_BUILT"] = build.Name,
                ["ORKESTRON_SILO_PORTS"] = string.Join(' ', FreePorts.Take(4)),
                ["ASPNETCORE_URLS"] = Address.ToString().TrimEnd('/'),
                ["Orkestron__Endpoints__AllowLoopback"] = "true",
                ["Orkestron__Endpoints__PublicAddress"] = Address.ToString(),
            },
        })!;
        while (_silos.Count < 2)
        {
            var line = await _script.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.False(line is null, "eng/cluster.sh ended at once: run it by hand to see why.");
            if (SiloLine().Match(line) is { Success: true } silo)
            {
                _silos.Add(int.Parse(silo.Groups[1].Value, CultureInfo.InvariantCulture));
            }
        }

        await Polling.UntilReadyAsync(Address, Patience, CheckSilos);
        await Polling.UntilAsync("both silos are active", Patience, async _ =>
            await database.RunAsync("SELECT count(*) FROM OrleansMembershipTable WHERE Status = 3") is 2L);
    }

    /// <summary>As kill -9 does: no warning, no last words.</summary>
    public async Task KillSiloAsync(int index)
    {
        using var silo = Process.GetProcessById(_silos[index]);
        silo.Kill();
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            // The script's children are the silos and the web node.
            _script.Kill(entireProcessTree: true);
            await _script.WaitForExitAsync(CancellationToken.None);
            _script.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void CheckSilos()
    {
        foreach (var id in _silos)
        {
            Assert.True(Directory.Exists($"/proc/{id}") || !OperatingSystem.IsLinux(), Logs());
        }
    }

    private string Logs() => string.Join('\n', Directory.EnumerateFiles(_folder, "silo-*.log").SelectMany(File.ReadLines).Take(40));

    [GeneratedRegex("^Silo [12]: process ([0-9]+)")]
    private static partial Regex SiloLine();

    /// <summary>The task once it is settled. Until a lost silo is declared dead, its grains answer with 503.</summary>
    public static async Task<TaskDetail> SettledAsync(ApiClient user, Guid id)
    {
        TaskDetail? task = null;
        await Polling.UntilAsync("the task is settled", Settling, async stop =>
        {
            using var answer = await Polling.UntilTakenAsync(
                Settling, () => user.Http.GetAsync(new Uri($"tasks/{id}", UriKind.Relative), stop));
            task = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.OK);
            return task.Cost.Settled;
        });
        return task!;
    }
}
