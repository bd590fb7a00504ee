using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>What a task waits for is said as it is, and nothing where somebody works on it.</summary>
public sealed class TaskWaitsTests
{
    private static readonly Payload Ask = Payload.Of("""{"prompt":"Go on?","schema":{"type":"object"}}""");
    private readonly TaskLiveState _pulse = new(1_000);

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Provider_WithoutAProcess_IsWhatTheTaskWaitsForSinceItAsked(int? minutesSeen)
    {
        DateTimeOffset? seen = minutesSeen is { } minutes ? Start.AddMinutes(-minutes) : null;
        _pulse.Report(Report() with { Away = true, LastSeenAt = seen }, 1);

        Assert.Equal(new WaitView(WaitKinds.Provider, 1, Start, null, seen), TaskWaits.Of(Submitted(), _pulse));
    }

    [Fact]
    public void Provider_ThatIsBack_IsNotWaitedForAnyMore()
    {
        _pulse.Report(Report() with { Away = true }, 1);
        _pulse.Report(Report() with { QueuePosition = 2 }, 1);
        var queued = TaskWaits.Of(Submitted(), _pulse);
        _pulse.Report(Report() with { StartedAt = Start.AddSeconds(9) }, 1);

        Assert.Equal(WaitKinds.Queue, queued?.Kind);
        Assert.Null(TaskWaits.Of(Submitted(), _pulse));
    }

    [Fact]
    public void Provider_LostUnderARun_IsWaitedForSinceTheLoss()
    {
        _pulse.Report(Report() with { StartedAt = Start, Text = "line 1" }, 1);
        var lost = Fold(Submitted(), new StepStarted(1, 1, Start), new StepLost(1, 1, Start, Start.AddSeconds(17), StepLosses.WorkerLost));
        _pulse.Forget(1, Start);
        _pulse.Report(Report() with { Away = true }, 2);

        Assert.Equal((WaitKinds.Provider, Start.AddSeconds(17)), Told(TaskWaits.Of(lost, _pulse)));
        Assert.Equal("", _pulse.Of(1)?.Text);
    }

    [Fact]
    public void Loss_ToldAfterTheWaitForTheProvider_LeavesThatStanding()
    {
        _pulse.Report(Report() with { StartedAt = Start, Text = "line 1" }, 1);
        _pulse.Report(Report() with { Away = true }, 1);
        _pulse.Forget(1, Start);

        Assert.True(_pulse.Of(1)?.Away);
    }

    [Fact]
    public void Retry_Question_TimeAndMessage_AreToldApart()
    {
        var retrying = Fold(Submitted(), [.. StepEndRules.EndStep(Submitted(), Failure(retryable: true), Start, new TaskOptions())]);
        var asking = Fold(Submitted(), new StepAsked(1, "0") { Content = Ask });
        var waiting = Fold(Submitted(), new StepWaits(1, "0", Start.AddHours(2)), new StepSuspended(1, 1, 0));
        var listening = Fold(Submitted(), new StepListens(1, "0", null), new StepSuspended(1, 1, 0));

        Assert.Equal((WaitKinds.Retry, Start.AddSeconds(1)), (TaskWaits.Of(retrying, _pulse)!.Kind, TaskWaits.Of(retrying, _pulse)!.Until));
        Assert.Equal((WaitKinds.Answer, Start), Told(TaskWaits.Of(asking, _pulse)));
        Assert.Equal(Start.AddHours(2), TaskWaits.Of(waiting, _pulse)?.Until);
        Assert.Equal([WaitKinds.Timer, WaitKinds.Message], new[] { waiting, listening }.Select(task => TaskWaits.Of(task, _pulse)!.Kind));
    }

    [Fact]
    public void Caller_OfStepsThatAllWait_WaitsWithThem_AndNotWhileOneWorks()
    {
        var task = Fold(
            Submitted(),
            new StepStarted(1, 1, Start),
            new StepRequested(2, 1, "0", "a/away", "1", 1, false) { Content = Payload.EmptyObject },
            new StepRequested(3, 1, "1", "a/works", "1", 1, false) { Content = Payload.EmptyObject });
        _pulse.Report(Report(2) with { Away = true }, 1);
        _pulse.Report(Report(3) with { StartedAt = Start }, 1);
        var one = TaskWaits.Of(task, _pulse);
        _pulse.Report(Report(3) with { Away = true }, 1);

        Assert.Null(one);
        Assert.Equal((WaitKinds.Provider, 2), (TaskWaits.Of(task, _pulse)!.Kind, TaskWaits.Of(task, _pulse)!.StepId));
    }

    [Fact]
    public void Task_ThatHasEnded_WaitsForNothing()
    {
        _pulse.Report(Report() with { Away = true }, 1);

        Assert.Null(TaskWaits.Of(Fold(Submitted(), new TaskCanceled()), _pulse));
    }

    private static StepReport Report(int step = 1) => new() { StepId = step, Attempt = 1 };

    private static (string?, DateTimeOffset?) Told(WaitView? wait) => (wait?.Kind, wait?.Since);
}
