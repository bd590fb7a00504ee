using Orkestron.Journal;

namespace Orkestron.Silo.Reminders;

/// <summary>The table of reminders in the embedded store.</summary>
internal static class ReminderRows
{
    public static readonly RowTable Table = new(
        "reminders",
        KeyColumns: 2,
        [
            new("grain_id", ColumnType.Text),
            new("name", ColumnType.Text),
            new("grain_hash", ColumnType.Integer),
            new("start_at", ColumnType.Integer),
            new("period_us", ColumnType.Integer),
            new("etag", ColumnType.Text),
        ],
        [new("grain_hash")]);

    public static RowChange Put(ReminderEntry entry) => Table.Put(
        entry.GrainId.ToString(),
        entry.ReminderName,
        (long)entry.GrainId.GetUniformHashCode(),
        (entry.StartAt.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        entry.Period.Ticks / TimeSpan.TicksPerMicrosecond,
        entry.ETag);

    public static ReminderEntry Read(Row row) => new()
    {
        GrainId = GrainId.Parse(row.Text(0)),
        ReminderName = row.Text(1),
        StartAt = DateTime.UnixEpoch.AddMicroseconds(row.Integer(3)),
        Period = TimeSpan.FromMicroseconds(row.Integer(4)),
        ETag = row.Text(5),
    };
}
