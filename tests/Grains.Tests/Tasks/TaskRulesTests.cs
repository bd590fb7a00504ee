using Orkestron.Domain;
using Orkestron.Domain.Tasks;

using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

public sealed class TaskRulesTests
{
    private static readonly TaskOptions Options = new();

    [Fact]
    public void EndStep_RootAnswers_CompletesStepAndTask()
    {
        var task = Submitted(price: 250);

        var facts = StepEndRules.EndStep(task, Answer(), Start, Options);

        Assert.Collection(
            facts,
            fact => Assert.Equal(250, Assert.IsType<StepCompleted>(fact).CostMicro),
            fact => Assert.IsType<TaskCompleted>(fact));
        Assert.Equal(TaskState.Completed, Fold(task, [.. facts]).State);
    }

    [Fact]
    public void EndStep_SameAnswerTwice_ChangesNothingTheSecondTime()
    {
        var task = Submitted();
        var ended = Fold(task, [.. StepEndRules.EndStep(task, Answer(), Start, Options)]);

        Assert.Empty(StepEndRules.EndStep(ended, Answer(), Start, Options));
    }

    [Fact]
    public void EndStep_AnswerOfAnOlderAttempt_IsIgnored()
    {
        var task = Submitted();
        var retrying = Fold(task, [.. StepEndRules.EndStep(task, Failure(retryable: true), Start, Options)]);

        Assert.Equal(2, retrying.Step(1)!.Attempt);
        Assert.Empty(StepEndRules.EndStep(retrying, Answer(attempt: 1), Start, Options));
    }

    [Fact]
    public void EndStep_UnknownStep_IsIgnored() =>
        Assert.Empty(StepEndRules.EndStep(Submitted(), Answer(stepId: 7), Start, Options));

    [Fact]
    public void EndStep_TaskNeverSubmitted_IsIgnored() =>
        Assert.Empty(StepEndRules.EndStep(TaskRecord.None, Answer(), Start, Options));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void EndStep_RetryableFailure_WaitsTwiceAsLongEachTime(int attempt, int seconds)
    {
        var task = Submitted();
        task = task with { Steps = task.Steps.SetItem(0, task.Step(1)! with { Attempt = attempt }) };

        var facts = StepEndRules.EndStep(task, Failure(retryable: true, attempt: attempt), Start, Options);

        var failed = Assert.IsType<StepFailed>(Assert.Single(facts));
        Assert.Equal(Start.AddSeconds(seconds), failed.RetryAt);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(1_000, true)]
    public void EndStep_OfATaskWithFewAttempts_IsTriedAgainOnlySoOften(int maxAttempts, bool again)
    {
        var task = Submitted();
        task = task with { Submission = task.Submission! with { Terms = new TaskTerms { MaxAttempts = maxAttempts } } };

        var facts = StepEndRules.EndStep(task, Failure(retryable: true), Start, Options);

        Assert.Equal(again, Assert.IsType<StepFailed>(facts[0]).RetryAt is not null);
        Assert.Equal(again, facts.Count == 1);
    }

    [Fact]
    public void EndStep_LastAttemptFails_FailsTheTask()
    {
        var task = Submitted();
        task = task with { Steps = task.Steps.SetItem(0, task.Step(1)! with { Attempt = Options.MaxAttempts }) };

        var facts = StepEndRules.EndStep(task, Failure(retryable: true, attempt: Options.MaxAttempts), Start, Options);

        Assert.Null(Assert.IsType<StepFailed>(facts[0]).RetryAt);
        Assert.Equal("agent_failed", Assert.IsType<TaskFailed>(facts[1]).Code);
        Assert.Equal(0, Fold(task, [.. facts]).CostMicro);
    }

    [Fact]
    public void EndStep_RetryBeyondTheDeadline_FailsNow()
    {
        var facts = StepEndRules.EndStep(
            Submitted(), Failure(retryable: true, after: TimeSpan.FromHours(1)), Start, Options);

        Assert.IsType<TaskFailed>(facts[^1]);
    }

    [Fact]
    public void EndStep_RefusedInput_RejectsTheTaskWithoutRetry()
    {
        var task = Submitted();

        var facts = StepEndRules.EndStep(task, Failure(retryable: true, refused: true), Start, Options);

        var ended = Fold(task, [.. facts]);
        Assert.Equal(TaskState.Rejected, ended.State);
        Assert.Equal(0, ended.CostMicro);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Expire_AtTheDeadline_FailsTheTask(int secondsAfter, bool expires)
    {
        var facts = TaskEndRules.Expire(Submitted(), Start.AddMinutes(30).AddSeconds(secondsAfter), new TaskOptions());

        Assert.Equal(expires, facts.Count == 1);
    }

    [Fact]
    public void Expire_EndedTask_StaysAsItIs() =>
        Assert.Empty(TaskEndRules.Expire(Fold(Submitted(), new TaskCanceled()), Start.AddDays(1), new TaskOptions()));

    [Fact]
    public void RefuseCall_DeepestAgent_MayNotCall()
    {
        var task = Submitted();
        for (var id = 2; id <= Options.MaxDepth; id++)
        {
            task = Fold(task, new StepRequested(id, id - 1, "0", "a/b", "1", 1, true) { Content = Payload.EmptyObject });
        }

        Assert.Null(CallRules.RefuseAnother(task, task.Step(Options.MaxDepth - 1)!, Options));
        Assert.Equal("call_too_deep", CallRules.RefuseAnother(task, task.Step(Options.MaxDepth)!, Options)!.Code);
    }

    [Fact]
    public void RefuseCall_FullFanOut_IsRefused()
    {
        var task = Submitted();
        for (var call = 0; call < Options.MaxFanOut; call++)
        {
            Assert.Null(CallRules.RefuseAnother(task, task.Step(1)!, Options));
            task = Fold(task, new StepRequested(call + 2, 1, $"{call}", "a/b", "1", 1, true) { Content = Payload.EmptyObject });
        }

        Assert.Equal("too_many_calls", CallRules.RefuseAnother(task, task.Step(1)!, Options)!.Code);
    }

    [Fact]
    public void Cancel_OpenSteps_EndUnpaid()
    {
        var canceled = Fold(Submitted(), new TaskCanceled());

        Assert.Equal(StepState.Canceled, canceled.Step(1)!.State);
        Assert.Equal(1_000, canceled.FreeMicro);
    }

    [Theory]
    [InlineData(null, "orkestron/workflow")]
    [InlineData("b", "b/plan")]
    [InlineData("b", "b/plan", "orkestron/workflow", "orkestron/research-brief")]
    [InlineData("c", "b/plan", "c/plan")]
    [InlineData("c", "orkestron/workflow", "c/plan", "orkestron/workflow")]
    public void CallsFor_AChainOfAgents_IsByTheNearestProvider(string? expected, params string[] chain)
    {
        var task = Fold(TaskRecord.None,
        [
            Submission()[0],
            .. chain.Select((agent, i) => new StepRequested(i + 1, i == 0 ? null : i, i == 0 ? null : "0", agent, "1.0.0", 1, true)),
        ]);

        Assert.Equal(expected, CallRules.CallsFor(task, task.Step(chain.Length)!));
    }
}
