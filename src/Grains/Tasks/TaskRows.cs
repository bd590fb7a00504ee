using Orkestron.Domain.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>The row of a task, for lists and for recovery, written with its events.</summary>
internal static class TaskRows
{
    /// <summary>The state that the index by state leaves out.</summary>
    public const string Completed = "completed";

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
        [
            new("owner", "created_at", "task_id"),
            new("owner", "agent", "created_at", "task_id"),
            // Nearly all tasks are completed in the end: those are found by the first one.
            new("owner", "state", "created_at", "task_id") { Where = new RowCondition("state", Completed) },
            new("open", "task_id") { Where = new RowCondition("open") },
        ])
    {
        Dropped = [new("open", "task_id")],
    };

    /// <summary>Where in a row it stands when a sweep looks at the task.</summary>
    public const int DueColumn = 9;

    /// <summary>A task that works is looked at when it is so old, and at each sweep after that.</summary>
    public static readonly TimeSpan WorkingAge = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The row as the task stands. <c>open</c> is when a sweep looks at it, null once the hold is resolved. An earlier build
    /// wrote 1 for every open task: such a one is due.
    /// </summary>
    /// <param name="id">The task's id.</param>
    /// <param name="task">The task.</param>
    /// <param name="due">When a task that waits is looked at; null for one that works.</param>
    public static RowChange Put(Guid id, TaskRecord task, DateTimeOffset? due = null) => Table.Put(
        id.ToString("N"),
        task.Submission!.UserId.ToString("N"),
        task.Submission.Agent,
        task.State.Word(),
        Instants.ToMicroseconds(task.CreatedAt),
        task.EndedAt is { } ended ? Instants.ToMicroseconds(ended) : null,
        task.Submission.HeldMicro,
        task.Settlement?.ChargedMicro ?? 0L,
        task.FailureCode,
        task.Closed ? null : Instants.ToMicroseconds(due ?? (task.CreatedAt + WorkingAge)));

    /// <summary>When a sweep looks at the task; null when its hold is resolved.</summary>
    public static DateTimeOffset? DueOf(Row row) => row.IntegerOrNull(DueColumn) is { } due ? Instants.FromMicroseconds(due) : null;

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
