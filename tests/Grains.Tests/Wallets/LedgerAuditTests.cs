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

    [Fact]
    public async Task Audit_PostingChanged_NamesTheWallet()
    {
        var command = new IssueTokens(_stage.NewId(), 100, "test");
        await _stage.Wallet.IssueAsync(command);
        var entryId = command.CommandId.ToString("N");
        var account = Accounts.Available(_stage.UserId);
        silo.Journal.Tamper(LedgerRows.Postings.Put(entryId, 1L, account, 101L));

        var audit = await Ledger.AuditAsync();
        silo.Journal.Tamper(LedgerRows.Postings.Put(entryId, 1L, account, 100L));

        Assert.Equal(1, audit.SumMicro);
        Assert.Contains(audit.Problems, problem => problem.Contains(_stage.UserId.ToString("N"), StringComparison.Ordinal));
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
