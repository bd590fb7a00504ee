using Orkestron.Journal;

namespace Orkestron.Silo.Reminders;

/// <summary>Durable reminders in the embedded store, which one silo uses at a time.</summary>
internal sealed class JournalReminderTable(IJournal journal) : IReminderTable
{
    private const string Stream = "reminders";
    private const int PageSize = 1_000;

    public Task Init() => Task.CompletedTask;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        await ReadAsync(ReminderRows.Table.Query().Where("grain_id", RowTest.Is, grainId.ToString()));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var all = ReminderRows.Table.Query();
        var above = all.Where("grain_hash", RowTest.AtLeast, begin + 1L);
        var upTo = all.Where("grain_hash", RowTest.AtMost, (long)end);
        if (begin < end)
        {
            return await ReadAsync(above.Where("grain_hash", RowTest.AtMost, (long)end));
        }

        // The ring wraps around; equal bounds mean the whole ring.
        return begin == end
            ? await ReadAsync(all)
            : new ReminderTableData((await ReadAsync(above)).Reminders.Concat((await ReadAsync(upTo)).Reminders));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await ReadAsync(ReminderRows.Table.Query()
            .Where("grain_id", RowTest.Is, grainId.ToString())
            .Where("name", RowTest.Is, reminderName))).Reminders.SingleOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        entry.ETag = Guid.NewGuid().ToString("N");
        await WriteAsync(ReminderRows.Put(entry));
        return entry.ETag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        if (await ReadRow(grainId, reminderName) is not { } entry || entry.ETag != eTag)
        {
            return false;
        }

        await WriteAsync(ReminderRows.Table.Delete(grainId.ToString(), reminderName));
        return true;
    }

    public async Task TestOnlyClearTable()
    {
        foreach (var entry in (await ReadAsync(ReminderRows.Table.Query())).Reminders)
        {
            await WriteAsync(ReminderRows.Table.Delete(entry.GrainId.ToString(), entry.ReminderName));
        }
    }

    private Task<AppendResult> WriteAsync(RowChange change) => journal.AppendAsync(
        new Append { Stream = Stream, ExpectedVersion = 0, AppendId = Guid.NewGuid(), Rows = [change] });

    private async Task<ReminderTableData> ReadAsync(RowQuery query)
    {
        var entries = new List<ReminderEntry>();
        await foreach (var page in journal.PagesAsync(query with { Limit = PageSize }))
        {
            entries.AddRange(page.Select(ReminderRows.Read));
        }

        return new ReminderTableData(entries);
    }
}
