using Npgsql;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>A DBOS workflow of three steps behind node's HTTP server, on a database of its own of the same PostgreSQL.</summary>
internal sealed class DbosPeer : IPeer
{
    private readonly PeerProcess _process;

    private DbosPeer(PeerProcess process, int port)
    {
        _process = process;
        Jobs = [new PeerJob("DBOS workflow, 3 steps", new Uri($"http://127.0.0.1:{port}/"), "{}"u8.ToArray(), null, "{}"u8.ToArray())];
    }

    public IReadOnlyList<PeerJob> Jobs { get; }

    public IReadOnlyList<(string Name, int ProcessId)> Processes => [("node", _process.Id)];

    public static async Task<IPeer> StartAsync(string packages, BenchStore store)
    {
        var postgres = new NpgsqlConnectionStringBuilder(store.ConnectionString);
        var port = FreePort.Find();
        var password = string.IsNullOrEmpty(postgres.Password) ? "" : $":{Uri.EscapeDataString(postgres.Password)}";
        return new DbosPeer(
            await PeerProcess.StartScriptAsync(
                packages,
                "dbos.mjs",
                $"{port}",
                $"postgresql://{Uri.EscapeDataString(postgres.Username ?? "")}{password}@{postgres.Host}:{postgres.Port}/{postgres.Database}")
                .ConfigureAwait(false),
            port);
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
