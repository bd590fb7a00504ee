using Microsoft.Extensions.DependencyInjection;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;
using Orleans.Storage;

namespace Orkestron.Cluster.Tests.Agents;

/// <summary>The list of agents over the death of the silo that keeps it.</summary>
public sealed class RegistryClusterTests
{
    [Fact]
    public async Task Listing_WhoseRegistryIsKilledBetweenPublicationAndSearch_IsFoundOnTheOtherSilo()
    {
        await using var cluster = await TestCluster.StartAsync();
        var registry = cluster.Grains.GetGrain<IAgentRegistryGrain>(0);
        var before = (await registry.SearchAsync(Query(null))).Total;
        await PublishAsync(cluster, "first");
        await PublishAsync(cluster, "second");
        Assert.True((await cluster.Grains.GetGrain<IAgentGrain>("kept/second").SetListedAsync(false)).Accepted);
        var home = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(registry, TestContext.Current.CancellationToken);

        // As a node of the build before leaves it that kept the list for a while.
        await LeaveAsync(cluster, registry.GetGrainId(), "older");

        await cluster.KillAsync(cluster.Silos.Silos.ToList().FindIndex(silo => silo.SiloAddress.Equals(home)));
        var found = await PersistAsync(() => registry.SearchAsync(Query("kept")));
        var all = await registry.SearchAsync(Query(null));
        await PersistAsync(() => PublishAsync(cluster, "third"));
        var later = await registry.SearchAsync(Query("kept"));

        // The agent of the one that was left is not published here: it is found, and has nothing to show.
        Assert.Equal(["first"], found.Items.Select(static view => view.Manifest.Name));
        Assert.Equal((before + 2, 2), (all.Total, found.Total));
        Assert.Equal(["first", "third"], later.Items.Select(static view => view.Manifest.Name));
        Assert.NotEqual(
            home, await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(registry, TestContext.Current.CancellationToken));
    }

    private static AgentQuery Query(string? text) => new(text, null, null, null, "name", null, 100);

    private static async Task<AgentView> PublishAsync(TestCluster cluster, string name)
    {
        var manifest = (await cluster.Grains.GetGrain<IAgentGrain>("test/echo").GetManifestAsync())!;
        var published = await cluster.Grains.GetGrain<IAgentGrain>($"kept/{name}").PublishAsync(manifest with
        {
            Provider = "kept",
            Name = name,
            Title = name,
            Transport = AgentTransports.Provider,
        });
        Assert.True(published.Accepted, published.Refusal?.Detail);
        return published.Value!;
    }

    private static async Task LeaveAsync(TestCluster cluster, GrainId registry, string name)
    {
        var manifest = (await cluster.Grains.GetGrain<IAgentGrain>("kept/first").GetManifestAsync())! with { Name = name };
        var storage = cluster.Silos.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(StorageNames.Cold);
        await storage.WriteStateAsync("agent-registry", registry, new GrainState<RegistryRecord>(new RegistryRecord
        {
            Listings = { [manifest.Key] = new Listing(manifest, DateTimeOffset.UnixEpoch) },
        }));
    }

    // Until the cluster has seen that a silo is gone, calls to it fail.
    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.IAssertionException && !patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
