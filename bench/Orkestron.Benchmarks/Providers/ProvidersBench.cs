using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Providers;

/// <summary>What connected providers cost a node while they wait for work.</summary>
internal static class ProvidersBench
{
    private const int Connecting = 20;
    private const int Count = 1_000;

    private static readonly string[] Options =
    [
        "--Orkestron:Web:Providers:MaxConnectionsPerUser=5000",
        "--Orkestron:Providers:MaxLinks=5000",
        "--Orkestron:Web:UserRequestsPerSecond=100000",
        "--Orkestron:Web:AddressRequestsPerSecond=100000",
    ];

    public static async Task RunAsync(BenchStore store)
    {
        var node = await NodeProcess.StartAsync(store, Options).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            var agent = $"bench-{Guid.NewGuid().ToString("N")[..8]}/idle";
            await node.PublishAsync(agent).ConfigureAwait(false);
            // Compiles the code and fills the pools.
            await CloseAsync(await OpenAsync(node, agent).ConfigureAwait(false)).ConfigureAwait(false);
            var before = await node.MemoryAsync().ConfigureAwait(false);
            var providers = await OpenAsync(node, agent).ConfigureAwait(false);
            await Task.WhenAll(providers.Select(static each => each.PingAsync())).ConfigureAwait(false);
            var idle = await node.MemoryAsync().ConfigureAwait(false);
            Console.WriteLine();
            Console.WriteLine($"| {store.Name}: idle provider processes | live heap each | private memory each (target 64 KiB) |");
            Console.WriteLine("|---|---|---|");
            Console.WriteLine(
                $"| {Count:N0} | {(idle.Heap - before.Heap) / (double)Count:0.0} KiB "
                + $"| {(idle.Private - before.Private) / (double)Count:0.0} KiB |");
            await CloseAsync(providers).ConfigureAwait(false);
        }
    }

    private static async Task<List<IdleProvider>> OpenAsync(NodeProcess node, string agent)
    {
        var providers = new List<IdleProvider>(Count);
        while (providers.Count < Count)
        {
            providers.AddRange(await Task.WhenAll(Enumerable.Range(0, Connecting)
                .Select(_ => IdleProvider.OpenAsync(node.ProviderHub, agent))).ConfigureAwait(false));
        }

        return providers;
    }

    private static async Task CloseAsync(List<IdleProvider> providers)
    {
        foreach (var provider in providers)
        {
            await provider.DisposeAsync().ConfigureAwait(false);
        }
    }
}
