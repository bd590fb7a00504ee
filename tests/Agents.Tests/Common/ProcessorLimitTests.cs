using Microsoft.Extensions.Time.Testing;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Tests.Common;

/// <summary>A limit of processor time, with the time given.</summary>
public sealed class ProcessorLimitTests
{
    [Theory]
    [InlineData(60, 0.9, false)]
    [InlineData(0.1, 1, true)]
    [InlineData(60, 7, true)]
    public void Limit_AfterSoLongByTheClock_IsReachedByProcessorTimeOnly(double clockSeconds, double usedSeconds, bool reached)
    {
        var (clock, used) = (new FakeTimeProvider(), TimeSpan.FromMinutes(5));
        using var limit = new ProcessorLimit(TimeSpan.FromSeconds(1), clock, () => used);

        used += TimeSpan.FromSeconds(usedSeconds);
        clock.Advance(TimeSpan.FromSeconds(clockSeconds));

        Assert.Equal(reached, limit.Reached.IsCancellationRequested);
    }
}
