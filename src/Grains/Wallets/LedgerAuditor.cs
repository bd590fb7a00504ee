using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Wallets;
using Orkestron.Journal;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// Reads every wallet's events and, for each, the entry that was written with it. Both are never changed, so the audit is
/// exact beside running work: what is appended meanwhile is either seen with its entry or not at all.
/// </summary>
internal sealed class LedgerAuditor(IJournal journal)
{
    private const int MaxProblems = 100;
    private const int AtOnce = 500;
    private long _sum;
    private readonly ImmutableArray<string>.Builder _problems = ImmutableArray.CreateBuilder<string>();
    private readonly List<(string Stream, EntryView Entry)> _expected = new(AtOnce);

    public async Task<LedgerAudit> AuditAsync()
    {
        var (stream, wallet) = ("", WalletRecord.Empty);
        await foreach (var stored in journal.ScanAsync(WalletFold.Kind.Prefix))
        {
            if (stored.Stream != stream)
            {
                (stream, wallet) = (stored.Stream, WalletRecord.Empty);
            }

            if (Read(stored) is not { } fact)
            {
                Report($"{stream}: event {stored.Version} cannot be read by this version: {stored.Type}.");
                continue;
            }

            wallet = WalletFold.Apply(wallet, new(stored.Version, stored.At, fact));
            if (wallet.AvailableMicro < 0 || wallet.HeldMicro < 0)
            {
                Report($"{stream}: overdrawn at event {stored.Version}.");
            }

            var userId = Guid.ParseExact(stream[WalletFold.Kind.Prefix.Length..], "N");
            _expected.Add((stream, LedgerEntry.Of(userId, stored.At, fact)));
            if (_expected.Count == AtOnce)
            {
                await CompareAsync();
            }
        }

        await CompareAsync();
        return new LedgerAudit(
            _sum,
            await journal.CountAsync(LedgerRows.Entries.Query()),
            _problems.DrainToImmutable());
    }

    private static WalletEvent? Read(StoredEvent stored)
    {
        try
        {
            return EventCodec.Read(stored.Body.Span, WalletFold.Kind.EventJson);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task CompareAsync()
    {
        if (_expected.Count == 0)
        {
            return;
        }

        var ids = _expected.Select(static each => each.Entry.Id.ToString("N")).ToArray();
        var rows = await journal.QueryAsync(
            LedgerRows.Entries.Query().Where("entry_id", RowTest.IsAnyOf, ids) with { Limit = AtOnce });
        var written = (await LedgerRows.ReadAsync(journal, rows)).ToDictionary(static entry => entry.Id);
        var shared = await LedgerRows.ReadPostingsAsync(journal, ids);
        foreach (var (stream, entry) in _expected)
        {
            if (!written.TryGetValue(entry.Id, out var found))
            {
                Report($"{stream}: entry {entry.Id} is missing in the ledger.");
            }
            else if (Sum(found) != 0)
            {
                Report($"{stream}: the postings of entry {entry.Id} do not sum to zero.");
            }
            else if (!shared[entry.Id.ToString("N")].Where(static posting => Accounts.IsShared(posting.Account))
                .SequenceEqual(entry.Postings.Where(static posting => Accounts.IsShared(posting.Account))))
            {
                Report($"{stream}: the balances do not count what entry {entry.Id} says.");
            }
            else if (!found.Postings.SequenceEqual(entry.Postings))
            {
                Report($"{stream}: the postings of entry {entry.Id} are not what its event says.");
            }
        }

        _expected.Clear();
    }

    private long Sum(EntryView found)
    {
        var sum = found.Postings.Sum(static posting => posting.AmountMicro);
        _sum += sum;
        return sum;
    }

    private void Report(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
    }
}
