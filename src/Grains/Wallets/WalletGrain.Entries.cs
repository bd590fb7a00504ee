using Orkestron.Domain.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Wallets;

internal sealed partial class WalletGrain
{
    private const int MaxTaskEntries = 100;

    public async Task<EntryPage> EntriesAsync(string? after, int limit)
    {
        await _log.DurableAsync();
        limit = Math.Clamp(limit, 1, 100);
        var rows = await _journal.QueryAsync(TimeCursor.Page(
            LedgerRows.Entries.Query().Where("wallet", RowTest.Is, Id.ToString("N")), "at", "entry_id", after, limit));
        return new EntryPage(
            [.. await LedgerRows.ReadAsync(_journal, [.. rows.Take(limit)])], TimeCursor.Next(rows, limit, at: 2, id: 0));
    }

    public async Task<EntryPage> TaskEntriesAsync(Guid taskId)
    {
        await _log.DurableAsync();
        var rows = await _journal.QueryAsync(LedgerRows.Entries.Query()
            .Where("task_id", RowTest.Is, taskId.ToString("N"))
            .Where("wallet", RowTest.Is, Id.ToString("N")) with
        { OrderBy = ["at", "entry_id"], Limit = MaxTaskEntries });
        return new EntryPage([.. await LedgerRows.ReadAsync(_journal, rows)], null);
    }

    public async Task<EntryPage> TaskLedgerAsync(Guid taskId, string? after, int limit)
    {
        await _log.DurableAsync();
        limit = Math.Clamp(limit, 1, MaxTaskEntries);
        var rows = await _journal.QueryAsync(TimeCursor.Page(
            LedgerRows.Entries.Query().Where("task_id", RowTest.Is, taskId.ToString("N")).Where("wallet", RowTest.Is, Id.ToString("N")),
            "at",
            "entry_id",
            after,
            limit) with
        { Descending = false });
        return new EntryPage(
            [.. await LedgerRows.ReadAsync(_journal, [.. rows.Take(limit)])], TimeCursor.Next(rows, limit, at: 2, id: 0));
    }
}
