using Orkestron.Domain.Tasks;

using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>Runs whose worker was lost: recorded once, told apart from the next attempt, and counted as what they were.</summary>
public sealed class RunRulesTests
{
    private static readonly TaskOptions Options = new();

    [Theory]
    [InlineData(StepLosses.WorkerLost)]
    [InlineData(StepLosses.HandedBack)]
    public void Worker_LostWithinAStep_LeavesItsAttemptWithItsTimesAndTheNextOneCountsOn(string reason)
    {
        var task = Fold(Submitted(), [.. RunRules.Begin(Submitted().Step(1)!, Report(1), Options)]);

        task = Fold(task, [.. RunRules.Lose(task.Step(1), Loss(1, 18.3) with { Reason = reason }, null, Options)]);
        var waiting = task.Step(1)!;
        task = Fold(task, [.. RunRules.Begin(task.Step(1)!, Report(18.6), Options)]);
        task = Fold(task, [.. StepEndRules.EndStep(task, End(18.6, 26.3), Start, Options)]);

        Assert.Equal((StepState.Requested, 2, At(18.3)), (waiting.State, waiting.Number, waiting.WaitsSince));
        Assert.Equal(
            [(1, At(1), At(18.3), reason), (2, At(18.6), At(26.3), null)],
            task.Step(1)!.Runs.Select(static run => (run.Attempt, run.StartedAt, run.EndedAt!.Value, run.Failure)));
        Assert.Equal((StepState.Completed, 1, 2), (task.Step(1)!.State, task.Step(1)!.Attempt, task.Step(1)!.Number));
    }

    [Fact]
    public void Worker_LostBeforeItsBeginningWasRecorded_IsRecordedAllTheSame()
    {
        var task = Fold(Submitted(), [.. RunRules.Lose(Submitted().Step(1), Loss(0, 0.05), null, Options)]);

        Assert.Equal((At(0), At(0.05), true), Shape(Assert.Single(task.Step(1)!.Runs)));
    }

    [Fact]
    public void Loss_ToldTwiceOrAfterTheEnd_ChangesNothing()
    {
        var task = Fold(Submitted(), [.. RunRules.Lose(Submitted().Step(1), Loss(1, 5), null, Options)]);
        var ended = Fold(Submitted(), [.. StepEndRules.EndStep(Submitted(), Answer(), Start, Options)]);

        Assert.Empty(RunRules.Lose(task.Step(1), Loss(1, 5), null, Options));
        Assert.Empty(RunRules.Lose(ended.Step(1), Loss(0, 1), null, Options));
        Assert.Empty(RunRules.Lose(task.Step(1), Loss(7, 8) with { Attempt = 2 }, null, Options));
        Assert.Empty(RunRules.Lose(null, Loss(1, 5), null, Options));
    }

    [Fact]
    public void Report_OfTheRunThatWasLost_DoesNotBringItBack()
    {
        var task = Fold(Submitted(), [.. RunRules.Lose(Submitted().Step(1), Loss(1, 5), null, Options)]);

        Assert.Empty(RunRules.Begin(task.Step(1)!, Report(1), Options));
    }

    [Fact]
    public void NextRun_ToldOfBeforeTheLoss_IsStartedWithIt()
    {
        var facts = RunRules.Lose(Submitted().Step(1), Loss(1, 5), At(5.5), Options);

        Assert.Equal([typeof(StepLost), typeof(StepStarted)], facts.Select(static fact => fact.GetType()));
        Assert.Equal(2, Assert.IsType<StepStarted>(facts[1]).Number);
    }

    [Theory]
    [InlineData(false, new[] { "step.lost", "step.started" })]
    [InlineData(true, new string[0])]
    public void RunBegunAnew_WhileOneWasUnderWay_LostThatOneUnlessItsWorkerStillHasIt(bool continues, string[] expected)
    {
        var task = Fold(Submitted(), new StepStarted(1, 1, At(1)));

        var facts = RunRules.Begin(task.Step(1)!, Report(9) with { Continues = continues }, Options);

        Assert.Equal(expected, facts.Select(TaskEventNames.Of));
        Assert.Empty(RunRules.Begin(Fold(task, [.. facts]).Step(1)!, Report(1), Options));
    }

    [Theory]
    [InlineData(false, new[] { 1d, 9, 9, 12 })]
    [InlineData(true, new[] { 1d, 12 })]
    public void Answer_OfARunThatNothingToldOf_CountsTheOneBeforeAsLostUnlessItGoesOn(bool continues, double[] expected)
    {
        var task = Fold(Submitted(), new StepStarted(1, 1, At(1)));

        task = Fold(task, [.. StepEndRules.EndStep(task, End(9, 12) with { Continues = continues }, Start, Options)]);

        Assert.Equal(
            expected.Select(At),
            task.Step(1)!.Runs.SelectMany(static run => new[] { run.StartedAt, run.EndedAt!.Value }));
    }

    [Fact]
    public void Answer_OfAWorkerThatWasTakenForLost_IsOneRunFromItsBeginning()
    {
        var task = Fold(Submitted(), new StepStarted(1, 1, At(1)));
        task = Fold(task, [.. RunRules.Lose(task.Step(1), Loss(1, 5), null, Options)]);

        task = Fold(task, [.. StepEndRules.EndStep(task, End(1, 8) with { Continues = true }, Start, Options)]);

        Assert.Equal((At(1), At(8), false), Shape(Assert.Single(task.Step(1)!.Runs)));
    }

    [Fact]
    public void Losses_WithoutEnd_AreRecordedUpToTheirLimit()
    {
        var task = Submitted();
        for (var i = 0; i < 100; i++)
        {
            task = Fold(task, [.. RunRules.Lose(task.Step(1), Loss(i, i + 0.5), null, Options)]);
        }

        Assert.Equal(Options.MaxRecordedLosses, task.Step(1)!.Lost);
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static StepReport Report(double startedAt) => new() { StepId = 1, Attempt = 1, StartedAt = At(startedAt) };

    private static StepLoss Loss(double from, double to) => new(1, 1, 0, At(from), At(to), StepLosses.WorkerLost);

    private static StepEnd End(double from, double to) => Answer() with { StartedAt = At(from), EndedAt = At(to) };

    private static (DateTimeOffset From, DateTimeOffset? To, bool Lost) Shape(StepRun run) => (run.StartedAt, run.EndedAt, run.Lost);
}
