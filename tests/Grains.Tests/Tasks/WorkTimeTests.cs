using Orkestron.Domain;
using Orkestron.Domain.Tasks;

using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>What a task waits for its owner, or until a time, does not count against the time it may work.</summary>
public sealed class WorkTimeTests
{
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(30);

    [Fact]
    public void Task_ThatWaitsForDays_HasTheRestOfItsTimeAfterwards()
    {
        var asked = Tell(Submission(Work), (10, new StepAsked(1, "0")), (10, new StepSuspended(1, 1, 0)));
        var answered = Tell(asked, (3 * 1_440, new StepAnswered(1, "0")));
        var works = Tell(answered, (3 * 1_440, new StepStarted(1, 1, Start.AddDays(3))));

        Assert.Equal(Start.AddMinutes(30), Submission(Work).Deadline);
        Assert.Equal(Start.AddDays(30), asked.Deadline);
        Assert.Empty(TaskEndRules.Expire(asked, Start.AddDays(29), new TaskOptions()));
        Assert.NotEmpty(TaskEndRules.Expire(asked, Start.AddDays(30), new TaskOptions()));
        Assert.Equal(Start.AddDays(3).AddMinutes(20), answered.WorkDeadline(Start.AddDays(3)));
        Assert.Equal(Start.AddDays(3).AddMinutes(20), works.Deadline);
        Assert.Contains(
            "may work for 30 minutes",
            TaskViews.TextOf(Assert.Single(TaskEndRules.Expire(works, Start.AddDays(4), new TaskOptions())).Content),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Task_WithADeadlineOfItsOwn_KeepsIt()
    {
        var waits = Tell(Submission(null), (10, new StepAsked(1, "0")), (10, new StepSuspended(1, 1, 0)));

        Assert.Equal(Start.AddDays(30), waits.Deadline);
        Assert.Equal(Start.AddDays(30), waits.WorkDeadline(Start.AddDays(2)));
    }

    [Fact]
    public void Task_WhoseCallWaits_WaitsToo_AndItsCallerGoesOnWithTheCallsEnd()
    {
        var call = new StepRequested(2, 1, "0", "a/b", "1.0.0", 1, true);
        var waits = Tell(Submission(Work), (0, call), (5, new StepSuspended(2, 1, 0)), (6, new StepSuspended(1, 1, 0)));
        var ended = Tell(waits, (7_000, new StepCompleted(2, 1, Start, Start.AddMinutes(7_000), 1)));

        Assert.Null(waits.WorkingSince);
        Assert.Equal(TimeSpan.FromMinutes(5), waits.Worked);
        Assert.Null(waits.Step(1)!.WakeAt);
        Assert.True(ended.Step(1)!.IsDue(Start.AddMinutes(7_000)));
    }

    [Fact]
    public void Task_ThatWaitsForOneAndWorksOnAnother_Works()
    {
        var both = Tell(
            Submission(Work),
            (0, new StepRequested(2, 1, "0.0", "a/b", "1.0.0", 1, true)),
            (0, new StepRequested(3, 1, "0.1", "a/b", "1.0.0", 1, true)),
            (5, new StepSuspended(2, 1, 0)));

        Assert.Equal(Start.AddMinutes(30), both.Deadline);
    }

    [Fact]
    public void Plan_ThatGivesItselfATime_HasThatInsteadOfTheDefault()
    {
        var limited = Tell(Submission(Work), (0, new StepWaits(1, "once.deadline", Start.AddDays(7))));
        var waits = Tell(limited, (1, new StepAsked(1, "0")), (1, new StepSuspended(1, 1, 0)));

        Assert.Equal(Start.AddDays(7), limited.Deadline);
        Assert.Equal((Start.AddDays(7), null), (waits.Deadline, waits.Step(1)!.WakeAt));
    }

    private static TaskRecord Submission(TimeSpan? work) => Tell(
        TaskRecord.None,
        (0, new TaskSubmitted(
            Owner,
            "a/b",
            "1.0.0",
            100,
            Guid.NewGuid(),
            Start.AddDays(30),
            "hash",
            work)
        { Content = Payload.EmptyObject }),
        (0, new StepRequested(1, null, null, "a/b", "1.0.0", 1, true)));

    private static TaskRecord Tell(TaskRecord task, params (double Minutes, TaskEvent Fact)[] facts) => facts.Aggregate(
        task, static (state, each) => TaskFold.Apply(state, new Recorded<TaskEvent>(1, Start.AddMinutes(each.Minutes), each.Fact)));
}
