using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>Which of the steps that wait for an agent are told where they stand.</summary>
public sealed class QueueReportsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentOptions Options = new();

    [Theory]
    // Watched, the place told before, how long ago in ms: told now?
    [InlineData(true, null, 0, true)]
    [InlineData(true, 1, 60_000, false)]
    [InlineData(true, 2, 60_000, true)]
    [InlineData(true, 2, 999, false)]
    [InlineData(true, 2, 1_000, true)]
    [InlineData(false, null, 0, false)]
    [InlineData(false, 2, 60_000, false)]
    public void Place_IsToldToWhoWatchesWhenItHasChangedAndAtMostOnceAPeriod(bool watched, int? told, int ago, bool expected)
    {
        var run = Run(watched, told, ago);

        var (due, next) = QueueReports.Due([run], static _ => false, Now, Options);

        Assert.Equal(expected ? [new QueueReport(run, 1, false)] : [], due);
        Assert.Equal(watched && told == 2 && !expected ? Now.AddMilliseconds(1) : null, next);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(false, true, null, true)]
    [InlineData(false, false, true, true)]
    [InlineData(false, true, true, false)]
    [InlineData(false, false, null, false)]
    public void Presence_IsToldToAllWhenItHasChanged(bool watched, bool away, bool? told, bool expected)
    {
        var run = Run(watched, null, 0);
        run.Reported = told is { } before ? new ReportedPosition(1, before, Now) : null;

        var (due, _) = QueueReports.Due([run], _ => away, Now, Options);

        Assert.Equal(expected ? [new QueueReport(run, 1, away)] : [], due);
    }

    [Fact]
    public void Places_MoreThanAreToldAtATime_AreAllToldInTheEnd()
    {
        var options = new AgentOptions { MaxTold = 2 };
        var runs = Enumerable.Range(0, 5).Select(i => Run(watched: i != 1, null, 0)).ToArray();
        var told = new List<int>();
        DateTimeOffset? next = Now;
        while (next is { } now)
        {
            (var due, next) = QueueReports.Due(runs, static _ => false, now, options);
            Assert.InRange(due.Count, 1, 2);
            foreach (var report in due)
            {
                report.Run.Reported = new ReportedPosition(report.Position, report.Away, now);
                told.Add(report.Position);
            }
        }

        Assert.Equal([1, 3, 4, 5], told);
    }

    [Fact]
    public void Places_OfWhichNoneAreToBeTold_AreNotLookedAtAgain()
    {
        var none = new AgentOptions { MaxTold = 0, MaxPresenceNotices = 0 };

        foreach (var away in new[] { false, true })
        {
            var (due, next) = QueueReports.Due([Run(watched: true, null, 0)], _ => away, Now, none);

            Assert.Empty(due);
            Assert.Null(next);
        }
    }

    private static AgentRun Run(bool watched, int? told, int ago) => new(
        new WorkItem(Guid.NewGuid(), 1, 1, "a/b", "1.0.0", Payload.EmptyObject, Now.AddHours(1))
        {
            WatchedUntil = watched ? Now.AddSeconds(1) : Now,
        },
        TestManifest.Of("1.0.0"))
    {
        Reported = told is { } position ? new ReportedPosition(position, false, Now.AddMilliseconds(-ago)) : null,
    };
}
