using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tasks;
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
    public void Question_OfATaskThatEnded_LeavesItEnded() =>
        Assert.Equal(TaskState.Canceled, Fold(Asking, new TaskCanceled()).State);
}
