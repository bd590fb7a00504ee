using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Orchestration;
using Orkestron.Grains.Orchestration;
using Orkestron.Grains.Tasks;
using Orkestron.Grains.Tests.Tasks;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>What agents may have recorded.</summary>
public sealed class MarkRulesTests
{
    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"pattern":"(?<=x"}""")]
    public void Decide_AQuestionWithAHarmfulSchema_IsRefused(string schema)
    {
        var (fact, failure) = Ask($$"""{"prompt":"Which?","schema":{{schema}}}""");

        Assert.Null(fact);
        Assert.Equal("question_invalid", failure?.Code);
    }

    [Fact]
    public void Decide_AQuestion_IsRecordedAsItIs()
    {
        var (fact, failure) = Ask("""{"prompt":"Which?","schema":{"type":"object"}}""");

        Assert.Null(failure);
        Assert.Equal("0", Assert.IsType<StepAsked>(fact).Key);
    }

    [Fact]
    public void Decide_ForAnAttemptAfterWhichAnotherBegan_IsRefused()
    {
        var task = TaskStories.Fold(
            TaskStories.Submitted(),
            new StepFailed(1, 1, TaskStories.Start, TaskStories.Start, "again", false, TaskStories.Start));
        var late = new MarkRequest(1, "0", MarkKind.Value, null, Payload.EmptyObject) { Attempt = 1 };

        Assert.Equal(TaskRules.CanceledCode, MarkRules.Decide(task, late, TaskStories.Start, new TaskOptions()).Failure?.Code);
        Assert.NotNull(MarkRules.Decide(task, late with { Attempt = 2 }, TaskStories.Start, new TaskOptions()).Fact);
        Assert.NotNull(MarkRules.Decide(task, late with { Attempt = null }, TaskStories.Start, new TaskOptions()).Fact);
    }

    private static (TaskEvent? Fact, GrainInterfaces.Tasks.StepFailure? Failure) Ask(string question) => MarkRules.Decide(
        TaskStories.Submitted(),
        new MarkRequest(1, "0", MarkKind.Question, null, Payload.Of(question)),
        TaskStories.Start,
        new TaskOptions());
}
