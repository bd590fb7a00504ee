using Orkestron.Contracts.Tasks;

namespace Orkestron.Web.Tests.Processes;

/// <summary>Follows a task in the background.</summary>
internal sealed class Watcher
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Watcher(IAsyncEnumerable<TaskEvent> events) => All = FollowAsync(events);

    /// <summary>Completes with the first event.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes with all events when the stream ends.</summary>
    public Task<List<TaskEvent>> All { get; }

    /// <summary>Every journaled event came once and in order, and the last one settled the task.</summary>
    public static void AssertWhole(IEnumerable<TaskEvent> events)
    {
        var journaled = events.Where(each => !each.Transient).ToList();
        Assert.Equal(Enumerable.Range(1, journaled.Count).Select(each => (long)each), journaled.Select(each => each.Sequence));
        Assert.Equal("task.settled", journaled[^1].Type);
        Assert.Single(journaled, each => each.Type == "task.completed");
    }

    private async Task<List<TaskEvent>> FollowAsync(IAsyncEnumerable<TaskEvent> events)
    {
        var all = new List<TaskEvent>();
        try
        {
            await foreach (var each in events)
            {
                all.Add(each);
                _opened.TrySetResult();
            }
        }
        catch (Exception fault)
        {
            _opened.TrySetException(fault);
            throw;
        }

        return all;
    }
}
