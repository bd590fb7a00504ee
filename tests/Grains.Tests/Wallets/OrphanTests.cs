using Orkestron.Domain.Wallets;
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

        await Background.UntilAsync(async () => (await _stage.Wallet.TaskEntriesAsync(orphan.TaskId)).Items.Length == 2);
        Assert.Equal(new WalletView(50, 50, 0), await _stage.Wallet.GetAsync());
    }
}
