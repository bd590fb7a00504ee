using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>Which runs a process remembers to have answered.</summary>
public sealed class EndedStepsTests
{
    [Fact]
    public void Run_ThatWasAnswered_IsKnownOnce()
    {
        var ended = new EndedSteps(10);
        ended.Add(Step(1));

        Assert.True(ended.Take(Step(1)));
        Assert.False(ended.Take(Step(1)));
        Assert.False(ended.Take(Step(2)));
    }

    [Fact]
    public void Runs_OverTheLimit_AreForgottenOldestFirst()
    {
        var ended = new EndedSteps(2);
        ended.Add(Step(1));
        ended.Add(Step(1));
        ended.Add(Step(2));
        ended.Add(Step(3));

        Assert.Equal([false, true, true], new[] { Step(1), Step(2), Step(3) }.Select(ended.Take));
    }

    private static StepRunId Step(int attempt) => new("aa/work", "task", 1, attempt, 0);
}
