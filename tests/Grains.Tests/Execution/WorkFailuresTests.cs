using Orkestron.Domain;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>Why an agent does not run a step, in codes that tasks and people know.</summary>
public sealed class WorkFailuresTests
{
    private static readonly WorkItem Work = new(Guid.Empty, 1, 1, "a/b", "1.0.0", Payload.EmptyObject, DateTimeOffset.MaxValue);

    [Fact]
    public void Failure_IsTriedAgainOnlyWhereThatMayHelp()
    {
        Assert.Equal(("agent_busy", true), (WorkFailures.QueueFull.Code, WorkFailures.QueueFull.Retryable));
        Assert.Equal(("agent_not_found", false), (WorkFailures.NotPublished.Code, WorkFailures.NotPublished.Retryable));
        Assert.Equal(("version_gone", false), (WorkFailures.NotKept(Work).Code, WorkFailures.NotKept(Work).Retryable));
        Assert.Equal(("version_gone", false), (WorkFailures.NotServed(Work, ["2"]).Code, WorkFailures.NotServed(Work, ["2"]).Retryable));
    }

    [Theory]
    [InlineData(1, "only 1 now")]
    [InlineData(5, "only 1, 2, 3, 4, 5 now")]
    [InlineData(40, "only 1, 2, 3, 4, 5 now")]
    public void NotServed_NamesAFewOfTheVersionsThatAre(int served, string named)
    {
        var failure = WorkFailures.NotServed(Work, Enumerable.Range(1, served).Select(static number => $"{number}"));

        Assert.Contains("version 1.0.0 of a/b", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }
}
