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
        if (query.State is { } state)
        {
            rows = rows.Where("state", RowTest.Is, state);
        }

        if (!query.AnyOf.IsDefaultOrEmpty)
        {
            rows = rows.Where("state", RowTest.IsAnyOf, query.AnyOf.ToArray());
        }

        if (query.Agent is { } agent)
        {
            rows = rows.Where("agent", RowTest.Is, agent);
        }

        var found = await journal.QueryAsync(TimeCursor.Page(rows, "created_at", "task_id", query.After, limit));
        return new TaskPage([.. found.Take(limit).Select(TaskRows.Read)], TimeCursor.Next(found, limit, at: 4, id: 0));
    }
}
