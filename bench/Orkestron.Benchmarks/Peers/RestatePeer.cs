using System.Net.Http.Json;
using System.Runtime.InteropServices;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>Restate's server on an empty folder, and a service of three <c>ctx.run</c> in a node process.</summary>
internal sealed class RestatePeer : IPeer
{
    private readonly PeerProcess _server;
    private readonly PeerProcess _service;
    private readonly string _data;

    private RestatePeer(PeerProcess server, PeerProcess service, string data, int ingress)
    {
        (_server, _service, _data) = (server, service, data);
        Jobs =
        [
            new PeerJob(
                "Restate service, 3 ctx.run", new Uri($"http://127.0.0.1:{ingress}/job/run"), "{}"u8.ToArray(), null, "{}"u8.ToArray()),
        ];
    }

    public IReadOnlyList<PeerJob> Jobs { get; }

    public IReadOnlyList<(string Name, int ProcessId)> Processes => [("restate", _server.Id), ("node", _service.Id)];

    public static async Task<IPeer> StartAsync(string packages)
    {
        var (node, admin, ingress, service) = (FreePort.Find(), FreePort.Find(), FreePort.Find(), FreePort.Find());
        var data = Directory.CreateTempSubdirectory("orkestron-bench-restate-").FullName;
        var settings = Path.Combine(data, "restate.toml");
        await File.WriteAllTextAsync(settings, $"""
            listen-mode = "tcp"
            bind-ip = "127.0.0.1"
            bind-port = {node}
            node-name = "bench"
            base-dir = "{Path.Combine(data, "log")}"
            disable-telemetry = true
            log-filter = "error"
            [admin]
            bind-port = {admin}
            disable-web-ui = true
            [ingress]
            bind-port = {ingress}
            """).ConfigureAwait(false);
        var server = PeerProcess.Start(data, Program(packages), "--no-logo", "--config-file", settings);
        var script = await PeerProcess.StartScriptAsync(packages, "restate.mjs", $"{service}").ConfigureAwait(false);
        using var http = new HttpClient();
        await server.UntilAsync(() => RegisterAsync(http, admin, service)).ConfigureAwait(false);
        return new RestatePeer(server, script, data, ingress);
    }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        _server.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> RegisterAsync(HttpClient http, int admin, int service)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(
                $"http://127.0.0.1:{admin}/deployments", new { uri = $"http://127.0.0.1:{service}", force = true }).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Program(string packages)
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "";
        var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        var program = Path.Combine(
            packages, "node_modules", "@restatedev", $"restate-server-{system}-{processor}", "bin", "restate-server");
        return File.Exists(program)
            ? program
            : throw new PeerMissingException($"Restate has no server for {RuntimeInformation.RuntimeIdentifier}: run it on Linux or macOS");
    }
}
