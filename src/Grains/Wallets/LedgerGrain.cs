using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Wallets;

[GrainType("ledger"), StatelessWorker]
internal sealed class LedgerGrain(IJournal journal) : Grain, ILedgerGrain
{
    private const int AtOnce = 1_000;

    public async Task<long> BalanceMicroAsync(string account) =>
        Accounts.WalletOf(account) is { } wallet
            ? await SumAsync(account, wallet)
            : await journal.SumAsync(LedgerRows.Postings.Query().Where("account", RowTest.Is, account), "amount");

    public Task<LedgerAudit> AuditAsync() => new LedgerAuditor(journal).AuditAsync();

    // A wallet's own accounts stand in its entries alone.
    private async Task<long> SumAsync(string account, Guid wallet)
    {
        var sum = 0L;
        var query = LedgerRows.Entries.Query().Where("wallet", RowTest.Is, wallet.ToString("N")) with
        {
            OrderBy = ["at", "entry_id"],
            Limit = AtOnce,
        };
        await foreach (var page in journal.PagesAsync(query))
        {
            sum += (await LedgerRows.ReadAsync(journal, page))
                .SelectMany(static entry => entry.Postings)
                .Where(posting => posting.Account == account)
                .Sum(static posting => posting.AmountMicro);
        }

        return sum;
    }
}
