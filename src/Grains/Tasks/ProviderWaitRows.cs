using Orkestron.Domain.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// Steps of tasks out of memory that wait for a provider: who is to be woken when a process of it comes. A hint: a row may stand
/// for a step that waits no more.
/// </summary>
internal static class ProviderWaitRows
{
    public static RowTable Table { get; } = new(
        "provider_waits",
        2,
        [
            new("task_id", ColumnType.Text),
            new("step_id", ColumnType.Integer),
            new("agent", ColumnType.Text),
            new("last_seen_at", ColumnType.Integer),
        ],
        [new("agent", "task_id", "step_id")]);

    public static RowChange Put(Guid taskId, StepRecord step, DateTimeOffset? lastSeenAt) => Table.Put(
        taskId.ToString("N"),
        (long)step.Id,
        step.Request.Agent,
        lastSeenAt is { } at ? Instants.ToMicroseconds(at) : null);

    public static RowChange Delete(Guid taskId, int stepId) => Table.Delete(taskId.ToString("N"), (long)stepId);

    /// <summary>The steps of a task.</summary>
    public static RowQuery Of(Guid taskId) => Table.Query().Where("task_id", RowTest.Is, taskId.ToString("N")) with { Limit = 1_000 };

    /// <summary>A page of the steps that wait for an agent's provider, by task.</summary>
    public static RowQuery For(string agent, int limit) => Table.Query().Where("agent", RowTest.Is, agent) with
    {
        OrderBy = ["task_id", "step_id"],
        Limit = limit,
    };

    /// <summary>What the step's task was told before it left memory.</summary>
    public static StepReport Read(Row row, int attempt) => new()
    {
        StepId = (int)row.Integer(1),
        Attempt = attempt,
        Away = true,
        LastSeenAt = row.IntegerOrNull(3) is { } at ? Instants.FromMicroseconds(at) : null,
    };
}
