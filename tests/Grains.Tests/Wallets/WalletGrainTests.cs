using Orkestron.Domain;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Tests.Common;
using static Orkestron.Grains.Tests.Wallets.WalletStage;

namespace Orkestron.Grains.Tests.Wallets;

[Collection("silo")]
public sealed class WalletGrainTests(TestSilo silo)
{
    private static readonly Share Provider = new(Accounts.Payable("acme"), 60);
    private static readonly Share Fee = new(Accounts.Fees, 10);
    private readonly WalletStage _stage = new(silo);

    private IWalletGrain Wallet => _stage.Wallet;

    [Fact]
    public async Task Settle_Again_GivesTheSameEntryAlsoFromAnotherActivation()
    {
        silo.Clock.Advance(TimeSpan.FromTicks(7));
        await _stage.IssueAsync(100);
        var hold = await _stage.HoldAsync(90);
        var first = (await Wallet.SettleAsync(Settle(hold.HoldId, Provider, Fee))).Value!;

        var second = (await Wallet.SettleAsync(Settle(hold.HoldId, Fee, Provider))).Value!;
        await _stage.ReactivateAsync();
        var third = (await Wallet.SettleAsync(Settle(hold.HoldId, Provider, Fee))).Value!;

        Assert.All([second, third], again => Assert.Equal(first.Postings, again.Postings));
        Assert.Equal((first.Id, first.At), (third.Id, third.At));
        Assert.Equal(new WalletView(30, 0, 0), await Wallet.GetAsync());
    }

    [Fact]
    public async Task Settle_ResolvedOtherwise_IsAConflict()
    {
        await _stage.IssueAsync(100);
        var hold = await _stage.HoldAsync(90);
        await Wallet.SettleAsync(Settle(hold.HoldId));

        Assert.Equal(RefusalCode.Conflict, (await Wallet.SettleAsync(Settle(hold.HoldId, Fee))).Refusal!.Code);
        Assert.Equal(100, (await Wallet.GetAsync()).AvailableMicro);
    }

    [Fact]
    public async Task Settle_UnknownHold_IsNotFound() => Assert.Equal(
        RefusalCode.NotFound, (await Wallet.SettleAsync(Settle(_stage.NewId()))).Refusal!.Code);

    [Fact]
    public async Task Hold_OfZero_ResolvesAsAnyOther()
    {
        var hold = await _stage.HoldAsync(0);

        Assert.True((await Wallet.SettleAsync(Settle(hold.HoldId))).Accepted);
        Assert.Equal(new WalletView(0, 0, 0), await Wallet.GetAsync());
    }

    [Fact]
    public async Task Hold_SameCommandTwiceAtOnce_HoldsOnce()
    {
        await _stage.IssueAsync(100);
        var command = new HoldTokens(_stage.NewId(), Guid.NewGuid(), 40);

        var both = await Task.WhenAll(Wallet.HoldAsync(command), Wallet.HoldAsync(command));

        Assert.All(both, outcome => Assert.Equal(new WalletView(60, 40, 0), outcome.Value));
    }

    [Fact]
    public async Task Hold_RepeatedAfterItWasResolved_StaysResolved()
    {
        await _stage.IssueAsync(100);
        var hold = await _stage.HoldAsync(40);
        await Wallet.SettleAsync(Settle(hold.HoldId));
        await _stage.ReactivateAsync();

        Assert.Equal(new WalletView(100, 0, 0), (await Wallet.HoldAsync(hold)).Value);
        Assert.Equal(RefusalCode.Conflict, (await Wallet.HoldAsync(hold with { AmountMicro = 41 })).Refusal!.Code);
    }

    [Fact]
    public async Task Command_RepeatedToTheActivationThatKnowsItWithoutALook_TakesEffectOnce()
    {
        await _stage.IssueAsync(100);
        // Beyond the skew of clocks a new id is certain not to be in the ledger: only memory tells a repeated one.
        silo.Clock.Advance(TimeSpan.FromMinutes(1));
        var issue = new IssueTokens(_stage.NewId(), 7, "test");
        await Wallet.IssueAsync(issue);
        var hold = await _stage.HoldAsync(40);
        await Wallet.SettleAsync(Settle(hold.HoldId));

        Assert.Equal(new WalletView(107, 0, 0), (await Wallet.HoldAsync(hold)).Value);
        Assert.Equal(new WalletView(107, 0, 0), (await Wallet.IssueAsync(issue)).Value);
        Assert.Equal(RefusalCode.Conflict, (await Wallet.HoldAsync(hold with { TaskId = Guid.NewGuid() })).Refusal!.Code);
    }

    [Fact]
    public async Task Issue_SameIdOtherAmount_IsAConflict()
    {
        var command = new IssueTokens(Guid.NewGuid(), 100, "welcome");
        await Wallet.IssueAsync(command);
        await _stage.ReactivateAsync();

        Assert.Equal(100, (await Wallet.IssueAsync(command)).Value!.AvailableMicro);
        Assert.Equal(RefusalCode.Conflict, (await Wallet.IssueAsync(command with { AmountMicro = 99 })).Refusal!.Code);
    }

    [Fact]
    public async Task Entries_Paged_AreCompleteAndBalanced()
    {
        await _stage.IssueAsync(1_000);
        for (var i = 0; i < 7; i++)
        {
            silo.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var hold = await _stage.HoldAsync(10);
            silo.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Wallet.SettleAsync(Settle(hold.HoldId, new Share(Accounts.Fees, 1)));
        }

        var seen = new List<EntryView>();
        string? after = null;
        do
        {
            var page = await Wallet.EntriesAsync(after, 4);
            Assert.InRange(page.Items.Length, 1, 4);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(15, seen.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(entry => entry.At).Select(entry => entry.Id), seen.Select(entry => entry.Id));
        Assert.All(seen, entry => Assert.Equal(0, entry.Postings.Sum(posting => posting.AmountMicro)));
    }

    [Fact]
    public async Task TaskEntries_OfOneTask_AreItsHoldAndItsSettlement()
    {
        await _stage.IssueAsync(1_000);
        var hold = await _stage.HoldAsync(10);
        await _stage.HoldAsync(20);
        silo.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Wallet.SettleAsync(Settle(hold.HoldId));

        Assert.Equal(["hold", "release"], (await Wallet.TaskEntriesAsync(hold.TaskId)).Items.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Command_StoreFails_IsNotAnsweredAndCanBeSentAgain()
    {
        await _stage.IssueAsync(100);
        var command = new HoldTokens(_stage.NewId(), Guid.NewGuid(), 40);
        silo.Journal.Hold();
        var lost = Wallet.HoldAsync(command);
        await silo.Journal.WaitingAsync(TestContext.Current.CancellationToken);
        silo.Journal.Fail();
        silo.Journal.Release();
        await Assert.ThrowsAnyAsync<Exception>(() => lost);

        var again = await InsistAsync(() => Wallet.HoldAsync(command));

        Assert.Equal(new WalletView(60, 40, 0), again.Value);
    }

    [Fact]
    public async Task Hold_BusyWallet_ReadsNothing()
    {
        await _stage.IssueAsync(1_000_000);
        silo.Clock.Advance(TimeSpan.FromMinutes(2));
        var before = silo.Journal.QueriesOf(_stage.UserId);

        for (var i = 0; i < 2_000; i++)
        {
            var hold = await _stage.HoldAsync(1);
            await Wallet.SettleAsync(Settle(hold.HoldId));
        }

        Assert.Equal(before, silo.Journal.QueriesOf(_stage.UserId));
    }
}
