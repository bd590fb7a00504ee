using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Wallets;

namespace Orkestron.Grains.Tests.Wallets;

[Collection("silo")]
public sealed class LedgerAuditTests(TestSilo silo)
{
    private readonly WalletStage _stage = new(silo);

    private ILedgerGrain Ledger => silo.Grains.GetGrain<ILedgerGrain>(0);

    [Fact]
    public async Task Audit_BooksInOrder_FindsNothing()
    {
        await _stage.IssueAsync(100);
        var fees = await Ledger.BalanceMicroAsync(Accounts.Fees);
        var hold = await _stage.HoldAsync(60);
        await _stage.Wallet.SettleAsync(WalletStage.Settle(hold.HoldId, new Share(Accounts.Fees, 7)));

        var audit = await Ledger.AuditAsync();

        Assert.Equal(0, audit.SumMicro);
        Assert.Empty(audit.Problems);
        Assert.Equal(fees + 7, await Ledger.BalanceMicroAsync(Accounts.Fees));
        Assert.Equal(93, await Ledger.BalanceMicroAsync(Accounts.Available(_stage.UserId)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Audit_PostingChanged_NamesTheWallet(bool own, long sum)
    {
        var command = new IssueTokens(_stage.NewId(), 100, "test");
        await _stage.Wallet.IssueAsync(command);
        var written = (await _stage.Wallet.EntriesAsync(null, 1)).Items[0];
        var row = LedgerRows.Put(_stage.UserId, written);
        var wrong = LedgerRows.Put(_stage.UserId, written with
        {
            Postings = [.. written.Postings.Select(posting => Accounts.IsShared(posting.Account) == own
                ? posting
                : posting with { AmountMicro = posting.AmountMicro + 1 })],
        });
        // The entry's own text, or the row that a balance counts.
        silo.Journal.Tamper(own ? wrong[0] : wrong[1]);

        var audit = await Ledger.AuditAsync();
        silo.Journal.Tamper(own ? row[0] : row[1]);

        Assert.Equal(sum, audit.SumMicro);
        Assert.Contains(audit.Problems, problem => problem.Contains(_stage.UserId.ToString("N"), StringComparison.Ordinal));
        Assert.Empty((await Ledger.AuditAsync()).Problems);
    }

    [Fact]
    public async Task Entry_OfAnEarlierBuild_HasItsPostingsInRows()
    {
        await _stage.IssueAsync(100);
        var hold = await _stage.HoldAsync(60);
        await _stage.Wallet.SettleAsync(WalletStage.Settle(hold.HoldId, new Share(Accounts.Fees, 7)));
        var entries = (await _stage.Wallet.EntriesAsync(null, 10)).Items;
        foreach (var entry in entries)
        {
            var row = LedgerRows.Put(_stage.UserId, entry)[0];
            silo.Journal.Tamper(row with { Values = [.. row.Values[..^1], null] });
            for (var i = 0; i < entry.Postings.Length; i++)
            {
                silo.Journal.Tamper(LedgerRows.Postings.Put(
                    entry.Id.ToString("N"), (long)i, entry.Postings[i].Account, entry.Postings[i].AmountMicro));
            }
        }

        Assert.Equal(
            entries.Select(static entry => entry.Postings.ToArray()),
            (await _stage.Wallet.EntriesAsync(null, 10)).Items.Select(static entry => entry.Postings.ToArray()));
        Assert.Equal(93, await Ledger.BalanceMicroAsync(Accounts.Available(_stage.UserId)));
        Assert.Equal(0, await Ledger.BalanceMicroAsync(Accounts.Held(_stage.UserId)));
        Assert.Empty((await Ledger.AuditAsync()).Problems);
    }

    [Fact]
    public async Task Audit_BesideRunningWork_FindsNothing()
    {
        await _stage.IssueAsync(1_000_000);
        var work = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var round = 0; round < 60; round++)
            {
                var hold = await _stage.HoldAsync(5);
                await _stage.Wallet.SettleAsync(WalletStage.Settle(hold.HoldId, new Share(Accounts.Fees, 1)));
            }
        }));

        do
        {
            Assert.Empty((await Ledger.AuditAsync()).Problems);
        }
        while (!work.IsCompleted);
        await work;
    }
}
