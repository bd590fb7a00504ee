using System.Globalization;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Journal;

namespace Orkestron.Grains.Wallets;

internal sealed partial class WalletGrain
{
    private const int MaxTaskEntries = 100;

    public async Task<EntryPage> EntriesAsync(string? after, int limit)
    {
        await _log.DurableAsync();
        limit = Math.Clamp(limit, 1, 100);
        var query = LedgerRows.Entries.Query().Where("wallet", RowTest.Is, Id.ToString("N")) with
        {
            OrderBy = ["at", "entry_id"],
            Descending = true,
            Limit = limit + 1,
        };
        if (after?.Split('_') is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
        {
            query = query with { After = [micros, id] };
        }

        var rows = await _journal.QueryAsync(query);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return new EntryPage(
            [.. await LedgerRows.ReadAsync(_journal, [.. rows.Take(limit)])],
            last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.Integer(2)}_{last.Text(0)}"));
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
}
