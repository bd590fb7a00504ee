namespace Orkestron.Journal.Tests.Stores;

internal static class TestTables
{
    public static readonly RowTable Notes = new(
        "notes",
        KeyColumns: 2,
        [
            new("owner", ColumnType.Text),
            new("id", ColumnType.Integer),
            new("title", ColumnType.Text),
            new("amount", ColumnType.Integer),
            new("blob", ColumnType.Bytes),
        ],
        [new("owner", "amount", "id")]);

    /// <summary>The notes as a later release declares them: one more column and an index on it.</summary>
    public static readonly RowTable LaterNotes = Notes with
    {
        Columns = [.. Notes.Columns, new("tag", ColumnType.Text)],
        Indexes = [.. Notes.Indexes, new("tag", "owner", "id")],
    };
}
