using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>What an attempt without an answer had written is kept within bounds, and told as that attempt's.</summary>
public sealed class OutputRulesTests
{
    private static readonly TaskOptions Options = new() { MaxKeptOutputs = 2, MaxKeptOutputBytes = 10 };
    private readonly TaskLiveState _pulse = new(1_000);

    [Theory]
    [InlineData("line 1\n", "line 1\n", true)]
    [InlineData("0123456789abc", "0123456789", false)]
    [InlineData("12345678é9", "12345678é", false)]
    [InlineData("12345678\U0001F600", "12345678", false)]
    public void Output_OfALostAttempt_IsKeptFromItsBeginning(string written, string kept, bool whole)
    {
        _pulse.Report(Report(0, written), 1);

        var task = Keep(Submitted(), new StepLost(1, 1, Start, Start.AddSeconds(9), StepLosses.WorkerLost));

        Assert.Equal(new AttemptOutput(1, kept, whole), Assert.Single(View(task).Outputs));
    }

    [Fact]
    public void Output_OfARunWhoseLossIsToldAfterTheNextOneBegan_IsStillItsOwn()
    {
        _pulse.Report(Report(0, "first"), 1);
        _pulse.Report(Report(20, "second"), 2);

        var task = Keep(Submitted(), new StepLost(1, 1, Start, Start.AddSeconds(9), StepLosses.WorkerLost));

        Assert.Equal([new AttemptOutput(1, "first", true)], View(task).Outputs);
    }

    [Fact]
    public void Output_OfARunWhoseProviderIsKnownToBeAwayFirst_IsKept()
    {
        _pulse.Report(Report(0, "first"), 1);
        _pulse.Report(new StepReport { StepId = 1, Attempt = 1, Away = true }, 1);

        var task = Keep(Submitted(), new StepLost(1, 1, Start, Start.AddSeconds(9), StepLosses.WorkerLost));

        Assert.Equal("first", Assert.Single(View(task).Outputs).Text);
    }

    [Fact]
    public void Output_OfAnAttemptThatFailed_IsKeptAndNotTheOneOfTheAttemptThatAnswered()
    {
        _pulse.Report(Report(0, "half"), 1);
        var task = Keep(Submitted(), new StepFailed(1, 1, Start, Start.AddSeconds(3), "agent_failed", false, Start.AddSeconds(4)));
        _pulse.Forget(1);
        _pulse.Report(Report(5, "whole") with { Attempt = 2 }, 2);
        task = Keep(task, new StepCompleted(1, 2, Start.AddSeconds(5), Start.AddSeconds(6), 1));

        Assert.Equal([new AttemptOutput(1, "half", true)], View(task).Outputs);
    }

    [Fact]
    public void Outputs_BeyondTheLimit_AreNotKept()
    {
        var task = Submitted();
        for (var run = 0; run < 4; run++)
        {
            _pulse.Report(Report(20 * run, $"run {run}"), run + 1);
            task = Keep(
                task, new StepLost(1, 1, Start.AddSeconds(20 * run), Start.AddSeconds((20 * run) + 9), StepLosses.WorkerLost, run + 1));
            _pulse.Forget(1, Start.AddSeconds(20 * run));
        }

        Assert.Equal([1, 2], View(task).Outputs.Select(static output => output.Attempt));
        Assert.Equal(4, View(task).Runs.Length);
    }

    [Fact]
    public void Loss_OfAnAttemptThatWroteNothing_AddsNothing()
    {
        _pulse.Report(Report(0, null), 1);
        TaskEvent[] facts = [new StepLost(1, 1, Start, Start.AddSeconds(9), StepLosses.WorkerLost)];

        Assert.Same(facts, OutputRules.Keep(Submitted(), facts, _pulse, 1, Options));
    }

    private TaskRecord Keep(TaskRecord task, params TaskEvent[] facts) =>
        Fold(task, [.. OutputRules.Keep(task, facts, _pulse, 1, Options)]);

    private static StepView View(TaskRecord task) =>
        Assert.Single(TaskViews.Of(Guid.NewGuid(), task, 1, new TaskLiveState(10)).Steps);

    private static StepReport Report(double at, string? text) => new()
    {
        StepId = 1,
        Attempt = 1,
        StartedAt = Start.AddSeconds(at),
        Text = text,
    };
}
