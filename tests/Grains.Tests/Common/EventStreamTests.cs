using Microsoft.Extensions.Time.Testing;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tests.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Common;

/// <summary>What is staged changes the state at once and is written with the next append.</summary>
public sealed class EventStreamTests
{
    private readonly MemoryJournal _journal = new();
    private readonly Guid _id = Guid.NewGuid();

    [Fact]
    public async Task Stage_BeforeAnAppend_SharesItInOrder()
    {
        var stream = await SubmittedAsync();
        stream.Stage(Requested(2));
        Assert.Equal((2, 3L), (stream.State.Steps.Count, stream.Version));
        Assert.Equal(2, (await StoredAsync()).Count);

        await stream.AppendAsync([new TaskCanceled()]);

        var stored = await StoredAsync();
        Assert.Equal([1L, 2, 3, 4], stored.Select(each => each.Version));
        Assert.Equal(["step.requested", "task.canceled"], stored.Skip(2).Select(each => each.Type));
        Assert.NotEmpty(stored[2].Sealed.ToArray());
    }

    [Fact]
    public async Task Durable_WithSomethingStaged_WritesIt()
    {
        var stream = await SubmittedAsync();
        stream.Stage(Requested(2));

        await stream.DurableAsync();
        await stream.DurableAsync();

        Assert.Equal(3, (await StoredAsync()).Count);
        var again = Stream();
        await again.LoadAsync();
        Assert.Equal((2, 3L), (again.State.Steps.Count, again.Version));
    }

    [Fact]
    public async Task Stage_AfterAnotherWroteTheStream_IsRefused()
    {
        var (mine, other) = (await SubmittedAsync(), Stream());
        await other.LoadAsync();
        await other.AppendAsync([new TaskCanceled()]);
        mine.Stage(Requested(2));

        await Assert.ThrowsAsync<StreamBrokenException>(mine.DurableAsync);

        Assert.Throws<StreamBrokenException>(() => mine.Stage(Requested(3)));
        Assert.Equal(3, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Times_OfAStreamThatMovesToASlowClock_NeverFall()
    {
        var ahead = Stream(TaskStories.Start.AddSeconds(7));
        await ahead.AppendAsync(TaskStories.Submission());
        var behind = Stream(TaskStories.Start);
        await behind.LoadAsync();

        behind.Stage(Requested(2));
        await behind.AppendAsync([new TaskCanceled()]);

        Assert.All(await StoredAsync(), static stored => Assert.Equal(TaskStories.Start.AddSeconds(7), stored.At));
        Assert.Equal(TaskStories.Start.AddSeconds(7), behind.State.EndedAt);
    }

    private async Task<EventStream<TaskRecord, TaskEvent>> SubmittedAsync()
    {
        var stream = Stream();
        await stream.AppendAsync(TaskStories.Submission());
        return stream;
    }

    private static StepRequested Requested(int id) =>
        new(id, 1, $"{id - 2}", "orkestron/summariser", "1.0.0", 10, true) { Content = Domain.Payload.EmptyObject };

    private EventStream<TaskRecord, TaskEvent> Stream(DateTimeOffset? now = null) => new(
        TaskFold.Kind, _id, _journal, new PlainSealer(), new FakeTimeProvider(now ?? TaskStories.Start), static () => { });

    private async Task<IReadOnlyList<StoredEvent>> StoredAsync() =>
        await _journal.ReadAsync($"task/{_id:N}", 0, 100, TestContext.Current.CancellationToken);
}
