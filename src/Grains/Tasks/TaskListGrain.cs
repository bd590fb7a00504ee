using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Tasks;

[GrainType("task-list"), StatelessWorker]
internal sealed class TaskListGrain(IJournal journal) : Grain, ITaskListGrain
{
    public async Task<TaskPage> MineAsync(TaskQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, 100);
        var rows = TaskRows.Table.Query().Where("owner", RowTest.Is, query.UserId.ToString("N"));
        if (query.Agent is { } agent)
        {
            rows = rows.Where("agent", RowTest.Is, agent);
        }

        var found = new List<Row>();
        foreach (var each in OfStates(rows, query))
        {
            found.AddRange(await journal.QueryAsync(TimeCursor.Page(each, "created_at", "task_id", query.After, limit)));
        }

        found.Sort(static (a, b) => Newest(a, b));
        return new TaskPage([.. found.Take(limit).Select(TaskRows.Read)], TimeCursor.Next(found, limit, at: 4, id: 0));
    }

    /// <summary>A query for each state, so that the index by state finds its tasks in their order; one for all where most are
    /// asked for.</summary>
    private static IEnumerable<RowQuery> OfStates(RowQuery rows, TaskQuery query)
    {
        string[]? states = (query.State, query.AnyOf.IsDefaultOrEmpty) switch
        {
            (null, true) => null,
            ({ } state, true) => [state],
            (null, false) => [.. query.AnyOf.Distinct()],
            ({ } state, false) => query.AnyOf.Contains(state) ? [state] : [],
        };
        return states is null ? [rows]
            : states.Contains(TaskRows.Completed) ? [rows.Where("state", RowTest.IsAnyOf, states)]
            : states.Select(state => rows.Where("state", RowTest.Is, state).Where("state", RowTest.IsNot, TaskRows.Completed));
    }

    private static int Newest(Row a, Row b) =>
        b.Integer(4).CompareTo(a.Integer(4)) is var order and not 0 ? order : string.CompareOrdinal(b.Text(0), a.Text(0));
}
