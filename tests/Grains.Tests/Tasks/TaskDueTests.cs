using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>When a task that nobody works on goes on by itself.</summary>
public sealed class TaskDueTests
{
    private static readonly DateTimeOffset Now = TaskStories.Start;

    [Fact]
    public void Due_OfATaskThatWorks_IsNone() => Assert.Null(TaskDue.Of(TaskStories.Submitted(), Now));

    [Fact]
    public void Due_OfATaskThatHasEnded_IsNone() =>
        Assert.Null(TaskDue.Of(TaskStories.Fold(TaskStories.Submitted(), new TaskCanceled()), Now));

    [Fact]
    public void Due_OfATaskThatWaitsForAnAnswer_IsItsDeadline() =>
        Assert.Equal(Now.AddMinutes(30), TaskDue.Of(Waits(new StepAsked(1, "0") { Content = Payload.EmptyObject }), Now));

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1_799, 1_799)]
    [InlineData(7_200, 1_800)]
    public void Due_OfATaskThatWaitsForATime_IsThatOrTheDeadline(int wait, int due) =>
        Assert.Equal(Now.AddSeconds(due), TaskDue.Of(Waits(new StepWaits(1, "0", Now.AddSeconds(wait))), Now));

    [Fact]
    public void Due_OfATimeThatHasCome_IsNone() =>
        Assert.Null(TaskDue.Of(Waits(new StepWaits(1, "0", Now.AddSeconds(5))), Now.AddSeconds(5)));

    [Fact]
    public void Due_WhileACallIsAtWork_IsNone()
    {
        var task = Waits(Call(2));
        Assert.Null(TaskDue.Of(task, Now));
        Assert.Equal(Now.AddMinutes(30), TaskDue.Of(task, Now, static step => step.Id == 2));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(900)]
    public void Due_OfAPauseBeforeARetry_IsItsEnd(int pause)
    {
        var failed = new StepFailed(1, 1, Now, Now, "broke", false, Now.AddSeconds(pause));
        Assert.Equal(Now.AddSeconds(pause), TaskDue.Of(TaskStories.Fold(TaskStories.Submitted(), failed), Now));
    }

    [Fact]
    public void Due_OfSeveralWaits_IsTheFirst()
    {
        var task = Waits(Call(2), Call(3), new StepWaits(2, "0", Now.AddMinutes(9)), new StepSuspended(2, 1, 0));
        Assert.Null(TaskDue.Of(task, Now));
        task = TaskStories.Fold(task, new StepWaits(3, "0", Now.AddMinutes(7)), new StepSuspended(3, 1, 0));
        Assert.Equal(Now.AddMinutes(7), TaskDue.Of(task, Now));
    }

    private static StepRequested Call(int id) => new(id, 1, $"{id}", "aa/call", "1.0.0", 1, false);

    private static TaskRecord Waits(params TaskEvent[] facts) =>
        TaskStories.Fold(TaskStories.Submitted(), [.. facts, new StepSuspended(1, 1, 0)]);
}
