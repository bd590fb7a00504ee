using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Wallets;

[Collection("silo")]
public sealed class OrphanTests(TestSilo silo)
{
    private readonly WalletStage _stage = new(silo);

    [Fact]
    public async Task Holds_WhoseTaskDoesNotKnowThem_GoBackAndOthersStay()
    {
        await _stage.IssueAsync(100);
        var orphan = await _stage.HoldAsync(30);
        var owned = new HoldTokens(_stage.NewId(), Guid.NewGuid(), 50);
        lock (silo.OwnedHolds)
        {
            silo.OwnedHolds.Add(owned.HoldId);
        }

        Assert.True((await _stage.Wallet.HoldAsync(owned)).Accepted);
        silo.Clock.Advance(TimeSpan.FromMinutes(3));
        await _stage.ReactivateAsync();

        await UntilAsync(async () => (await _stage.Wallet.TaskEntriesAsync(orphan.TaskId)).Items.Length == 2);
        Assert.Equal(new WalletView(50, 50, 0), await _stage.Wallet.GetAsync());
    }

    // The grain's timer is Orleans' and runs on the system's clock.
    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await reached())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
