using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Workflow;

using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>Code that asks for less than was recorded, and what it may leave out.</summary>
public sealed class AskedRulesTests
{
    [Theory]
    [InlineData("", "0", true)]
    [InlineData("1", "0", false)]
    [InlineData("1", "1", true)]
    [InlineData("11", "2", false)]
    [InlineData("1", "0.0.0", true)] // the first branch ended and asked for nothing
    [InlineData("1 0.0.1", "0.0.0", false)]
    [InlineData("1 0.0.1", "0.0.1", true)]
    [InlineData("1 0.0.1+", "0.0.1", false)] // it had not ended
    [InlineData("1 0.0.1+", "0.0.4.1.0", false)]
    [InlineData("1 0.0.1+", "0.1.0", true)]
    [InlineData("0 0.0.1+", "1.0.0", true)]
    [InlineData("1", "0.winner", false)]
    [InlineData("0", "0.winner", true)]
    [InlineData("0", "once.plan", false)]
    public void Lacks_APlace_FollowsWhatWasAskedFor(string asked, string place, bool lacking) =>
        Assert.Equal(lacking, CommandTrace.Parse(asked)!.IsMissing(place));

    [Theory]
    [InlineData("x")]
    [InlineData("1 1")]
    [InlineData("-1")]
    [InlineData("1++")]
    [InlineData("99999999999")]
    public void Parse_WhatIsNone_GivesNothing(string text) => Assert.Null(CommandTrace.Parse(text));

    [Fact]
    public void Lacking_ACall_IsToldByItsFirstPlace()
    {
        var task = Fold(Submitted(), Call(2, "0"), Call(3, "10"), Call(4, "2"));

        var failure = DeterminismRules.MissingCommand(task, task.Step(1)!, "1");

        Assert.Equal((HistoryRules.MismatchCode, false), (failure!.Code, failure.Retryable));
        Assert.StartsWith("At place 2 of the agent's code the task has recorded a call of a/b", failure.Message, StringComparison.Ordinal);
        Assert.Null(DeterminismRules.MissingCommand(task, task.Step(1)!, "11"));
        Assert.Null(DeterminismRules.MissingCommand(task, task.Step(1)!, null));
    }

    [Fact]
    public void Lacking_WhatWasCancelledOrLost_IsNotWanted()
    {
        var task = Fold(
            Submitted(),
            Call(2, "0"),
            new StepCanceled(2),
            Call(3, "1.0.0"),
            new StepWaits(1, "1.0.1", Start),
            new StepScopeCanceled(1, "1.0."));

        Assert.Null(DeterminismRules.MissingCommand(task, task.Step(1)!, ""));
    }

    [Fact]
    public void Lacking_BehindACallThatIsTakenOnlyNow_IsAnotherRightWay()
    {
        var first = Fold(Submitted(), Call(2, "1"));
        var now = TaskFold.Apply(first, new Recorded<TaskEvent>(9, Start.AddMinutes(1), Call(3, "0")));

        Assert.Null(DeterminismRules.MissingCommand(now, now.Step(1)!, "1"));
        Assert.NotNull(DeterminismRules.MissingCommand(now, now.Step(1)!, "0"));
    }

    [Fact]
    public void EndStep_OfCodeThatLeftOutAWait_FailsTheTask()
    {
        var task = Fold(Submitted(), new StepWaits(1, "0", Start));

        var facts = StepEndRules.EndStep(task, Answer() with { Asked = "" }, Start, new TaskOptions());

        Assert.Equal(HistoryRules.MismatchCode, Assert.IsType<TaskFailed>(facts[^1]).Code);
        Assert.IsType<TaskCompleted>(StepEndRules.EndStep(task, Answer() with { Asked = "1" }, Start, new TaskOptions())[^1]);
    }

    private static StepRequested Call(int id, string key) => new(id, 1, key, "a/b", "1", 1, true) { Content = Payload.EmptyObject };
}
