using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Features.Tasks.Live;

namespace Orkestron.Web.Tests.Api;

/// <summary>Transient progress, merged for late and slow viewers.</summary>
public sealed class LiveStepTests
{
    private readonly LiveStep _step = new();
    private long _tick;

    [Theory]
    [InlineData("step.completed", 2, "3")]
    [InlineData("step.canceled", 2, "3")]
    [InlineData("step.suspended", 3, "2")]
    [InlineData("task.canceled", null, "")]
    [InlineData("task.completed", null, "")]
    [InlineData("step.kept", 2, "2 3")]
    [InlineData("task.shared", null, "2 3")]
    public void Steps_ThatAnEventEnds_AreForgotten(string type, int? stepId, string left)
    {
        var steps = new Dictionary<int, LiveStep> { [2] = new(), [3] = new() };

        LiveSteps.Forget(steps, new TaskEvent(7, default, type, stepId, default, false));

        Assert.Equal(left, string.Join(' ', steps.Keys.Order()));
    }

    [Fact]
    public void Text_ForALateViewer_ComesWhole()
    {
        Output(0, "Hello");
        Output(5, ", world");

        var events = _step.After(new LiveCursor(), 7).ToArray();

        Assert.Equal((7L, 0, "Hello, world"), Read(Assert.Single(events)));
    }

    [Fact]
    public void Text_ForAViewerThatFollows_ComesOnce()
    {
        var viewer = new LiveCursor();
        Output(0, "Hello");
        Assert.Single(_step.After(viewer, 1));
        Output(5, ", ");
        Output(7, "world");

        var events = _step.After(viewer, 1).ToArray();

        Assert.Equal((1L, 5, ", world"), Read(Assert.Single(events)));
        Assert.Empty(_step.After(viewer, 1));
    }

    [Fact]
    public void Text_RewrittenByAnotherAttempt_ComesFromItsStart()
    {
        var viewer = new LiveCursor();
        Output(0, "First try");
        Assert.Single(_step.After(viewer, 1));
        Output(0, "Second");

        Assert.Equal((1L, 0, "Second"), Read(Assert.Single(_step.After(viewer, 1))));
    }

    [Fact]
    public void Text_OfAnAttemptAfterOneThatWasLost_ComesWholeToWhoHasTheOther()
    {
        var viewer = new LiveCursor();
        Output(0, "line 1\nline 2\nline 3\n");
        Assert.Single(_step.After(viewer, 1));
        // The relay drops what the lost attempt wrote: the next one is another.
        var next = new LiveStep(++_tick);
        next.Merge(Event("step.output", new { offset = 0, text = "line 1\nline 2\nline 3\nline 4\n", attempt = 2 }), ++_tick);

        var told = Assert.Single(next.After(viewer, 4));

        Assert.Equal((4L, 0, "line 1\nline 2\nline 3\nline 4\n"), Read(told));
        Assert.Equal(2, told.Data.GetProperty("attempt").GetInt32());
    }

    [Fact]
    public void Progress_ForASlowViewer_IsTheLastOnly()
    {
        for (var percent = 1; percent <= 100; percent++)
        {
            _step.Merge(Event("step.progress", new { percent, message = "Working." }), ++_tick);
        }

        var last = Assert.Single(_step.After(new LiveCursor(), 3));

        Assert.Equal(100, last.Data.GetProperty("percent").GetInt32());
    }

    [Fact]
    public void Queue_OnceTheAgentBegan_IsNotToldAnyMore()
    {
        _step.Merge(Event("step.queued", new { position = 3 }), ++_tick);
        _step.Merge(Event("step.progress", new { percent = 1, message = "Working." }), ++_tick);

        Assert.Equal("step.progress", Assert.Single(_step.After(new LiveCursor(), 3)).Type);
    }

    private static (long Sequence, int Offset, string? Text) Read(TaskEvent each) =>
        (each.Sequence, each.Data.GetProperty("offset").GetInt32(), each.Data.GetProperty("text").GetString());

    private static TaskEvent Event(string type, object data) =>
        new(1, DateTimeOffset.UnixEpoch, type, 1, JsonSerializer.SerializeToElement(data), true);

    private void Output(int offset, string text) => _step.Merge(Event("step.output", new { offset, text }), ++_tick);
}
