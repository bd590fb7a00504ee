using System.Globalization;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Tasks;

[GrainType("task-list"), StatelessWorker]
internal sealed class TaskListGrain(IJournal journal) : Grain, ITaskListGrain
{
    public async Task<TaskPage> MineAsync(TaskQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, 100);
        var rows = TaskRows.Table.Query().Where("owner", RowTest.Is, query.UserId.ToString("N")) with
        {
            OrderBy = ["created_at", "task_id"],
            Descending = true,
            Limit = limit + 1,
        };
        if (query.State is { } state)
        {
            rows = rows.Where("state", RowTest.Is, state);
        }

        if (query.Agent is { } agent)
        {
            rows = rows.Where("agent", RowTest.Is, agent);
        }

        if (query.After?.Split('_') is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
        {
            rows = rows with { After = [micros, id] };
        }

        var found = await journal.QueryAsync(rows);
        var items = found.Take(limit).Select(TaskRows.Read);
        var last = found.Count > limit ? found[limit - 1] : null;
        return new TaskPage(
            [.. items], last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.Integer(4)}_{last.Text(0)}"));
    }
}
