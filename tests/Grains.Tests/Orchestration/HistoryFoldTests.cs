using Orkestron.Domain;
using Orkestron.Domain.Tasks;

using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>When a task waits for its owner.</summary>
public sealed class MarkFoldTests
{
    private static readonly TaskRecord Asking = Fold(
        Submitted(),
        new StepRequested(2, 1, "0", "a/b", "1", 1, true) { Content = Payload.EmptyObject },
        new StepAsked(2, "0") { Content = Payload.EmptyObject });

    [Fact]
    public void Question_Answered_IsNotWaitedForAnyMore()
    {
        Assert.Equal(TaskState.InputRequired, Asking.State);
        Assert.Equal(TaskState.Working, Fold(Asking, new StepAnswered(2, "0") { Content = Payload.EmptyObject }).State);
    }

    [Fact]
    public void Question_OfAStepThatWasCalledOff_IsNotWaitedForAnyMore() =>
        Assert.Equal(TaskState.Working, Fold(Asking, new StepCanceled(2)).State);

    [Fact]
    public void Question_OfABranchThatLost_IsNotWaitedForAnyMore()
    {
        var lost = Fold(Asking, new StepAsked(2, "1.0.0") { Content = Payload.EmptyObject }, new StepScopeCanceled(2, "1.0."));

        Assert.Equal(TaskState.InputRequired, lost.State);
        Assert.Equal(TaskState.Working, Fold(lost, new StepScopeCanceled(2, "0")).State);
    }

    [Fact]
    public void Wait_OfABranchThatLost_DoesNotWakeTheStep()
    {
        var waiting = Fold(
            Submitted(),
            new StepWaits(1, "0.0.0", Start.AddHours(1)),
            new StepWaits(1, "0.1.0", Start.AddHours(2)),
            new StepScopeCanceled(1, "0.0."),
            new StepSuspended(1, 1, 0));

        Assert.Equal(Start.AddHours(2), waiting.Step(1)!.WakeAt);
    }

    /// <summary>As on a silo whose clock stands still behind the one that had the task before.</summary>
    [Fact]
    public void Answer_ThatCameWhileTheRunEnded_WakesTheStepWhateverTheClockSays()
    {
        var asked = Fold(
            Submitted(),
            new StepWaits(1, "0.0.0", Start.AddHours(1)),
            new StepAsked(1, "0.1.0") { Content = Payload.EmptyObject },
            new StepSuspended(1, 1, 0));
        Assert.Equal(Start.AddHours(1), asked.Step(1)!.WakeAt);

        var answered = Fold(asked, new StepAnswered(1, "0.1.0") { Content = Payload.EmptyObject }, new StepSuspended(1, 1, 1));

        Assert.Equal(Start, answered.Step(1)!.WakeAt);
        Assert.Equal(Start.AddHours(1), Fold(answered, new StepSuspended(1, 1, 2)).Step(1)!.WakeAt);
    }

    [Fact]
    public void CallThatWaited_EndedWhileItsCallersRunEnded_WakesTheCaller()
    {
        var called = Fold(
            Submitted(),
            new StepWaits(1, "0.0.0", Start.AddHours(1)),
            new StepRequested(2, 1, "0.1.0", "a/b", "1", 1, true) { Content = Payload.EmptyObject },
            new StepSuspended(2, 1, 0),
            new StepCompleted(2, 1, Start.AddSeconds(-9), Start.AddSeconds(-8), 1) { Content = Payload.EmptyObject });

        Assert.Equal(Start, Fold(called, new StepSuspended(1, 1, 0)).Step(1)!.WakeAt);
    }

    [Fact]
    public void Ask_InABranchThatLost_IsRefusedHoweverLate()
    {
        var lost = Fold(Submitted(), new StepScopeCanceled(1, "0.1."));
        var request = new HistoryRequest(1, "0.1.3", HistoryKind.Timer, TimeSpan.Zero, null);

        Assert.Equal("call_withdrawn", HistoryRules.Decide(lost, request, Start, new TaskOptions()).Failure?.Code);
        Assert.Null(HistoryRules.Decide(lost, request with { Key = "0.0.3" }, Start, new TaskOptions()).Failure);
    }

    [Fact]
    public void Question_OfATaskThatEnded_LeavesItEnded() =>
        Assert.Equal(TaskState.Canceled, Fold(Asking, new TaskCanceled()).State);
}
