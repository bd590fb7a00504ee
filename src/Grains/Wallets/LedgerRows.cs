using Orkestron.Domain.Wallets;
using Orkestron.Journal;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// The ledger's rows, written in the same transaction as the facts: an entry with its postings in it, and a posting of its own for
/// each account that many wallets share, whose balance is their sum.
/// </summary>
internal static class LedgerRows
{
    private const int MaxRead = 10_000;
    private const int PostingsColumn = 6;

    public static RowTable Entries { get; } = new(
        "ledger_entries",
        1,
        [
            new("entry_id", ColumnType.Text),
            new("wallet", ColumnType.Text),
            new("at", ColumnType.Integer),
            new("kind", ColumnType.Text),
            new("amount", ColumnType.Integer),
            new("task_id", ColumnType.Text),
            // Null in entries of an earlier build: all their postings are rows.
            new("postings", ColumnType.Text),
        ],
        [new("wallet", "at", "entry_id"), new("task_id")]);

    public static RowTable Postings { get; } = new(
        "ledger_postings",
        2,
        [
            new("entry_id", ColumnType.Text),
            new("place", ColumnType.Integer),
            new("account", ColumnType.Text),
            new("amount", ColumnType.Integer),
        ],
        [new("account", "amount")]);

    public static IReadOnlyList<RowChange> Put(Guid userId, EntryView entry)
    {
        var id = entry.Id.ToString("N");
        var rows = new List<RowChange>(1 + entry.Postings.Length)
        {
            Entries.Put(
                id, userId.ToString("N"), Instants.ToMicroseconds(entry.At), entry.Kind, entry.AmountMicro, entry.TaskId?.ToString("N"),
                PostingText.Write(userId, entry.Postings)),
        };
        for (var i = 0; i < entry.Postings.Length; i++)
        {
            if (Accounts.IsShared(entry.Postings[i].Account))
            {
                rows.Add(Postings.Put(id, (long)i, entry.Postings[i].Account, entry.Postings[i].AmountMicro));
            }
        }

        return rows;
    }

    /// <summary>Entries as they stand, with their postings, in the order of the rows.</summary>
    public static async ValueTask<List<EntryView>> ReadAsync(IJournal journal, IReadOnlyList<Row> entries)
    {
        var earlier = entries.Where(static row => row.TextOrNull(PostingsColumn) is null).Select(static row => row.Text(0)).ToArray();
        var postings = await ReadPostingsAsync(journal, earlier);
        return [.. entries.Select(row => Read(row, postings))];
    }

    /// <summary>The rows of entries' postings, by the entry's id.</summary>
    public static async ValueTask<ILookup<string, PostingView>> ReadPostingsAsync(IJournal journal, string[] entries)
    {
        var found = new List<Row>();
        if (entries.Length > 0)
        {
            var query = Postings.Query().Where("entry_id", RowTest.IsAnyOf, entries) with
            {
                OrderBy = ["entry_id", "place"],
                Limit = MaxRead,
            };
            await foreach (var page in journal.PagesAsync(query))
            {
                found.AddRange(page);
            }
        }

        return found.ToLookup(row => row.Text(0), row => new PostingView(row.Text(2), row.Integer(3)), StringComparer.Ordinal);
    }

    private static EntryView Read(Row row, ILookup<string, PostingView> earlier)
    {
        var wallet = Guid.ParseExact(row.Text(1), "N");
        return new(
            Guid.ParseExact(row.Text(0), "N"),
            Instants.FromMicroseconds(row.Integer(2)),
            row.Text(3),
            row.Integer(4),
            row.TextOrNull(5) is { } task ? Guid.ParseExact(task, "N") : null,
            row.TextOrNull(PostingsColumn) is { } text ? PostingText.Read(wallet, text) : [.. earlier[row.Text(0)]]);
    }
}
