namespace Orkestron.Journal.Artifacts;

/// <summary>The tables of files.</summary>
internal static class FileRows
{
    public static RowTable Chunks { get; } = new(
        "file_chunks",
        2,
        [new("file_id", ColumnType.Text), new("chunk", ColumnType.Integer), new("content", ColumnType.Bytes)],
        []);

    /// <summary>Unfinished files: one row each, deleted once the file is committed or deleted.</summary>
    public static RowTable Unfinished { get; } = new(
        "file_unfinished",
        1,
        [new("file_id", ColumnType.Text), new("subject", ColumnType.Text), new("since", ColumnType.Integer)],
        [new("since", "file_id")]);
}
