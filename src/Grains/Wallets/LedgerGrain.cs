using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Wallets;

[GrainType("ledger"), StatelessWorker]
internal sealed class LedgerGrain(IJournal journal) : Grain, ILedgerGrain
{
    private const int MaxProblems = 100;

    public async Task<long> BalanceMicroAsync(string account) =>
        await journal.SumAsync(LedgerRows.Postings.Query().Where("account", RowTest.Is, account), "amount");

    public async Task<LedgerAudit> AuditAsync()
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var (wallet, state) = ("", WalletRecord.Empty);
        await foreach (var stored in journal.ScanAsync(WalletFold.Kind.Prefix))
        {
            if (stored.Stream != wallet)
            {
                await CompareAsync(wallet, state, problems);
                (wallet, state) = (stored.Stream, WalletRecord.Empty);
            }

            var fact = Common.EventCodec.Read(stored.Body.Span, WalletFold.Kind.EventJson);
            state = WalletFold.Apply(state, new(stored.Version, stored.At, fact));
        }

        await CompareAsync(wallet, state, problems);
        return new LedgerAudit(
            await journal.SumAsync(LedgerRows.Postings.Query(), "amount"),
            await journal.CountAsync(LedgerRows.Entries.Query()),
            problems.DrainToImmutable());
    }

    private async Task CompareAsync(string stream, WalletRecord wallet, ImmutableArray<string>.Builder problems)
    {
        if (stream.Length == 0 || problems.Count >= MaxProblems)
        {
            return;
        }

        var id = Guid.ParseExact(stream[WalletFold.Kind.Prefix.Length..], "N");
        var available = await BalanceMicroAsync(Accounts.Available(id));
        var held = await BalanceMicroAsync(Accounts.Held(id));
        if (available != wallet.AvailableMicro || held != wallet.HeldMicro || available < 0 || held < 0)
        {
            problems.Add(
                $"{stream}: the events say {wallet.AvailableMicro} and {wallet.HeldMicro} held, the postings {available} and {held}.");
        }
    }
}
