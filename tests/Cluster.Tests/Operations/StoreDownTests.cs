using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Silo.Faults;

namespace Orkestron.Cluster.Tests.Operations;

/// <summary>The store is gone, and the grains are in another process than who calls them.</summary>
public sealed class StoreDownTests
{
    [Fact]
    public async Task Call_WhileTheStoreIsGone_FailsAsOneThatMayBeSentAgain()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var customer = await Customer.OpenAsync(cluster);
        await customer.RunAsync("test/echo");
        var running = Ids.New();
        Assert.True((await customer.SubmitAsync(running, "test/gated")).Accepted);
        await cluster.Agents.StartedAsync(running);
        var agent = cluster.Grains.GetGrain<IAgentGrain>("test/gated");
        var next = (await agent.GetManifestAsync())! with { Version = "2.0.0" };
        var (hot, cold, fresh) = (Ids.New(), ApiKeyFormat.HashOf(ApiKeyFormat.Create()), Ids.New());

        cluster.Store.Cut();
        var faults = new[]
        {
            await Assert.ThrowsAnyAsync<Exception>(() => customer.SubmitAsync(hot, "test/echo")),
            await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IApiKeyGrain>(cold).OwnerAsync()),
            await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IUserGrain>(fresh)
                .OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version))),
            await Assert.ThrowsAnyAsync<Exception>(() => agent.PublishAsync(next)),
        };
        var known = (await agent.GetManifestAsync())!.Version;
        cluster.Store.Mend();
        while (!await TryAsync(() => agent.PublishAsync(next)))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        cluster.Agents.Release(running.ToString());
        var task = await customer.SettledAsync(running);

        Assert.All(faults, fault => Assert.True(GrainFaults.RetryAfter(fault) > TimeSpan.Zero, fault.ToString()));
        // What could not be stored is not known, and what runs goes on.
        Assert.Equal("1.0.0", known);
        Assert.Equal((TaskState.Completed, 1), (task.State, task.Steps[0].Attempt));
        Assert.Equal("2.0.0", (await agent.GetManifestAsync())!.Version);
    }

    private static async Task<bool> TryAsync<T>(Func<Task<Outcome<T>>> call)
        where T : class
    {
        try
        {
            return (await call()).Accepted;
        }
        catch (Exception fault) when (GrainFaults.RetryAfter(fault) is not null)
        {
            return false;
        }
    }
}
