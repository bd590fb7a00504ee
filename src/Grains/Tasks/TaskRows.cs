using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>The row of a task, for lists and for recovery, written with its events.</summary>
internal static class TaskRows
{
    public static RowTable Table { get; } = new(
        "tasks",
        1,
        [
            new("task_id", ColumnType.Text),
            new("owner", ColumnType.Text),
            new("agent", ColumnType.Text),
            new("state", ColumnType.Text),
            new("created_at", ColumnType.Integer),
            new("ended_at", ColumnType.Integer),
            new("held", ColumnType.Integer),
            new("charged", ColumnType.Integer),
            new("failure_code", ColumnType.Text),
            new("open", ColumnType.Integer),
        ],
        [new("owner", "created_at", "task_id"), new("open", "task_id")]);

    /// <summary>The row as the task stands. <c>open</c> is 1 until the hold is resolved, then null.</summary>
    public static RowChange Put(Guid id, TaskRecord task) => Table.Put(
        id.ToString("N"),
        task.Submission!.UserId.ToString("N"),
        task.Submission.Agent,
        task.State.Word(),
        Instants.ToMicroseconds(task.CreatedAt),
        task.EndedAt is { } ended ? Instants.ToMicroseconds(ended) : null,
        task.Submission.HeldMicro,
        task.Settlement?.ChargedMicro ?? 0L,
        task.FailureCode,
        task.Closed ? null : 1L);

    public static TaskSummary Read(Row row) => new(
        Guid.ParseExact(row.Text(0), "N"),
        row.Text(2),
        row.Text(3),
        Instants.FromMicroseconds(row.Integer(4)),
        row.IntegerOrNull(5) is { } ended ? Instants.FromMicroseconds(ended) : null,
        row.Integer(6),
        row.Integer(7),
        row.TextOrNull(8));
}
