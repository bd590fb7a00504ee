using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Wallets;

[GrainType("ledger"), StatelessWorker]
internal sealed class LedgerGrain(IJournal journal) : Grain, ILedgerGrain
{
    public async Task<long> BalanceMicroAsync(string account) =>
        await journal.SumAsync(LedgerRows.Postings.Query().Where("account", RowTest.Is, account), "amount");

    public Task<LedgerAudit> AuditAsync() => new LedgerAuditor(journal).AuditAsync();
}
