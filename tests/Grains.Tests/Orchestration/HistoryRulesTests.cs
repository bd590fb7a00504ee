using Orkestron.Domain;
using Orkestron.Domain.Tasks;
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
        var late = new HistoryRequest(1, "0", HistoryKind.Value, null, Payload.EmptyObject) { Attempt = 1 };

        Assert.Equal(StepFailures.CanceledCode, HistoryRules.Decide(task, late, TaskStories.Start, new TaskOptions()).Failure?.Code);
        Assert.NotNull(HistoryRules.Decide(task, late with { Attempt = 2 }, TaskStories.Start, new TaskOptions()).Fact);
        Assert.NotNull(HistoryRules.Decide(task, late with { Attempt = null }, TaskStories.Start, new TaskOptions()).Fact);
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(2, "call_withdrawn")]
    public void Decide_AWaitThatWasCalledOff_IsOverOnlyIfItWasThen(double hours, string? code)
    {
        var task = TaskStories.Fold(
            TaskStories.Submitted(), new StepWaits(1, "0.0.1", TaskStories.Start.AddHours(hours)));
        task = TaskFold.Apply(task, new(99, TaskStories.Start.AddHours(1), new StepScopeCanceled(1, "0.0.")));
        var again = new HistoryRequest(1, "0.0.1", HistoryKind.Timer, TimeSpan.Zero, null);
        var undo = new HistoryRequest(1, "0.0.undo.1.0", HistoryKind.Timer, TimeSpan.Zero, null);

        Assert.Equal(code, HistoryRules.Decide(task, again, TaskStories.Start.AddDays(1), new TaskOptions()).Failure?.Code);
        Assert.NotNull(HistoryRules.Decide(task, undo, TaskStories.Start, new TaskOptions()).Fact);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(315_537_897_599)]
    public void Decide_AWaitBeyondAllTime_IsRefused(double seconds)
    {
        var delay = seconds > TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

        var (fact, failure) = HistoryRules.Decide(
            TaskStories.Submitted(), new HistoryRequest(1, "0", HistoryKind.Timer, delay, null), TaskStories.Start, new TaskOptions());

        Assert.Null(fact);
        Assert.Equal("wait_too_long", failure?.Code);
    }

    private static (TaskEvent? Fact, StepFailure? Failure) Ask(string question) => HistoryRules.Decide(
        TaskStories.Submitted(),
        new HistoryRequest(1, "0", HistoryKind.Question, null, Payload.Of(question)),
        TaskStories.Start,
        new TaskOptions());
}
