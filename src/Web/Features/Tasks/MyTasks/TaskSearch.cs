using Microsoft.Extensions.Options;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.MyTasks;

/// <summary>A task of a list, and the state that people are shown.</summary>
/// <param name="Task">As it is stored.</param>
/// <param name="DisplayState">A word for <see cref="StateLabel.Of(string)"/>.</param>
internal sealed record ListedTask(TaskSummary Task, string DisplayState);

/// <summary>A page of them.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">The cursor of what was not looked at yet; null at the end.</param>
internal sealed record ListedTaskPage(IReadOnlyList<ListedTask> Items, string? Next);

/// <summary>Lists a user's tasks by the state that people are shown.</summary>
internal sealed class TaskSearch(IGrainFactory grains, IOptions<WebOptions> options)
{
    private const int PageSize = 25;

    /// <param name="userId">The owner.</param>
    /// <param name="word">One of <see cref="TaskStateFilter.All"/>, or null for any.</param>
    /// <param name="agent">Only of this agent, or null.</param>
    /// <param name="after">The cursor of the page before, or null.</param>
    /// <returns>A page's worth of tasks, or fewer when so many were looked at.</returns>
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
