using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tests.Tasks;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>Values that a run has gone on with before its task recorded them.</summary>
public sealed class ValueRulesTests
{
    private static readonly TaskRecord Task = TaskStories.Fold(
        TaskStories.Submitted(),
        new StepValueRecorded(1, "0") { Content = Payload.Of("1") },
        new StepWaits(1, "1", TaskStories.Start.AddHours(1)),
        new StepRequested(2, 1, "2", "a/b", "1.0.0", 7, false),
        new StepScopeCanceled(1, "3.0."));

    [Theory]
    // The place, the value, whether it is recorded, and the code of what is wrong.
    [InlineData("4", "1", true, null)]
    [InlineData("0", "1", false, null)]
    [InlineData("0", "2", false, "run_superseded")]
    [InlineData("0", "1.0", false, "run_superseded")]
    [InlineData("1", "1", false, "nondeterministic")]
    [InlineData("2", "1", false, "nondeterministic")]
    // A branch that lost its race is not told: no other branch asks for its values.
    [InlineData("3.0.1", "1", false, null)]
    [InlineData("A", "1", false, "invalid")]
    [InlineData("", "1", false, "invalid")]
    public void Decide_RecordsWhatIsNewAndTellsWhatStandsThere(string key, string value, bool recorded, string? code)
    {
        var (fact, failure) = Decide(key, value, TaskStories.Start);

        Assert.Equal(recorded, fact is not null);
        Assert.Equal(code, failure?.Code);
    }

    [Theory]
    // Seconds after the step was asked for, as the process says and as it is recorded; it is 100 seconds after.
    [InlineData(40, 40)]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(130, 130)]
    [InlineData(1e6, 160)]
    public void Decide_KeepsTheTimeThatTheRunSaw_WithinReason(double told, double recorded)
    {
        var (fact, _) = Decide("4", "1", TaskStories.Start.AddSeconds(told));

        Assert.Equal(TaskStories.Start.AddSeconds(recorded), fact?.At);
        Assert.Equal(fact?.At, TaskStories.Fold(Task, fact!).Step(1)!.History["4"].At);
    }

    [Fact]
    public void Decide_BeyondWhatATaskMayRecord_IsRefusedByName()
    {
        var few = new TaskOptions { MaxMarks = 1 };
        var small = new TaskOptions { MaxMarkBytes = 3 };

        Assert.Equal("too_many_records", Decide("4", "1", TaskStories.Start, few).Failure?.Code);
        Assert.Equal("record_too_large", Decide("4", "12345", TaskStories.Start, small).Failure?.Code);
        Assert.Equal(StepFailures.CanceledCode, Decide("4", "1", TaskStories.Start, attempt: 2).Failure?.Code);
    }

    private static (StepValueRecorded? Fact, StepFailure? Failure) Decide(
        string key, string value, DateTimeOffset at, TaskOptions? options = null, int attempt = 1) => ValueRules.Decide(
        Task, 1, attempt, new RunValue(key, Payload.Of(value), at), TaskStories.Start.AddSeconds(100), options ?? new TaskOptions());
}
