using Orkestron.Cluster.Tests.Hosting;
using Orkestron.GrainInterfaces.Privacy;
using Orkestron.GrainInterfaces.Tasks;
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
        var (hot, cold, fresh) = (Ids.New(), ApiKeyFormat.HashOf(ApiKeyFormat.Create()), Ids.New());

        cluster.Store.Cut();
        var faults = new[]
        {
            await Assert.ThrowsAnyAsync<Exception>(() => customer.SubmitAsync(hot, "test/echo")),
            await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IApiKeyGrain>(cold).OwnerAsync()),
            await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IUserGrain>(fresh)
                .OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version))),
        };
        cluster.Store.Mend();

        Assert.All(faults, fault => Assert.True(GrainFaults.RetryAfter(fault) > TimeSpan.Zero, fault.ToString()));
    }
}
