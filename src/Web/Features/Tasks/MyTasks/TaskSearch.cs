using Microsoft.Extensions.Options;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.MyTasks;

/// <summary>A task in a list with its displayed state.</summary>
/// <param name="Task">The stored task.</param>
/// <param name="DisplayState">The state for <see cref="StateLabel.Of(string)"/>.</param>
internal sealed record ListedTask(TaskSummary Task, string DisplayState);

/// <summary>A page of tasks.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record ListedTaskPage(IReadOnlyList<ListedTask> Items, string? Next);

/// <summary>Lists a user's tasks, filtered by their displayed state.</summary>
internal sealed class TaskSearch(IGrainFactory grains, IOptions<WebOptions> options)
{
    private const int PageSize = 25;

    /// <param name="userId">The owner.</param>
    /// <param name="word">One of <see cref="TaskStateFilter.All"/>, or null for any.</param>
    /// <param name="agent">Only of this agent, or null.</param>
    /// <param name="after">The cursor of the previous page, or null.</param>
    /// <returns>A page of tasks; fewer when the limit of examined tasks was reached.</returns>
    public async Task<ListedTaskPage> FindAsync(Guid userId, string? word, string? agent, string? after)
    {
        var found = new List<ListedTask>();
        var query = new TaskQuery(userId, null, agent, after, PageSize) { AnyOf = word is null ? [] : TaskStateFilter.Stored(word) };
        for (var looked = 0; ; looked += PageSize)
        {
            var page = await grains.GetGrain<ITaskListGrain>(0).MineAsync(query);
            var shown = await Task.WhenAll(page.Items.Select(task => ShowAsync(userId, task)));
            found.AddRange(shown.Where(task => word is null || TaskStateFilter.Includes(word, task.DisplayState)));
            if (page.Next is null || found.Count >= PageSize || looked + PageSize >= options.Value.MaxTasksLookedAt)
            {
                return new ListedTaskPage(found, page.Next);
            }

            query = query with { After = page.Next };
        }
    }

    private async Task<ListedTask> ShowAsync(Guid userId, TaskSummary task) =>
        task.EndedAt is null && (await grains.GetGrain<ITaskGrain>(task.Id).GetAsync(userId)).Value is { } open
            ? new ListedTask(task, open.DisplayState())
            : new ListedTask(task, task.State);
}
