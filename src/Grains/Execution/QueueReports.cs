using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Execution;

/// <summary>What a step that waits was told last.</summary>
/// <param name="Position">Its place in the queue, from 1.</param>
/// <param name="Away">Whether it waits for its provider.</param>
/// <param name="At">When.</param>
internal readonly record struct ReportedPosition(int Position, bool Away, DateTimeOffset At);

/// <summary>A report of where a step waits.</summary>
internal readonly record struct QueueReport(AgentRun Run, int Position, bool Away);

/// <summary>
/// Which of the steps that wait are told where. All are told when their provider goes or comes; the place is told only where
/// somebody watches the task, when it has changed, and at most so often. Pure.
/// </summary>
internal static class QueueReports
{
    /// <summary>What is due now.</summary>
    /// <param name="waiting">The steps that wait, in order.</param>
    /// <param name="isAway">Whether nobody of a step's provider is there.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The reports, and when there is more to tell if nothing changes; null for never.</returns>
    public static (IReadOnlyList<QueueReport> Due, DateTimeOffset? Next) Due(
        IEnumerable<AgentRun> waiting, Func<AgentRun, bool> isAway, DateTimeOffset now, AgentOptions options)
    {
        List<QueueReport> presence = [];
        List<QueueReport> places = [];
        DateTimeOffset? next = null;
        var position = 0;
        foreach (var run in waiting)
        {
            var report = new QueueReport(run, ++position, isAway(run));
            if (report.Away != (run.Reported?.Away ?? false))
            {
                presence.Add(report);
            }
            else if (run.WatchedUntil > now && run.Reported?.Position != position)
            {
                if (run.Reported is { } told && told.At + options.PlacePeriod > now)
                {
                    next = Earlier(next, told.At + options.PlacePeriod);
                }
                else
                {
                    places.Add(report);
                }
            }
        }

        if ((presence.Count > options.MaxPresenceNotices && options.MaxPresenceNotices > 0)
            || (places.Count > options.MaxTold && options.MaxTold > 0))
        {
            next = Earlier(next, now + options.PositionLookPeriod);
        }

        // Those that have waited longest for a report first: the front does not keep the rest from theirs.
        return (
            [
                .. presence.Take(options.MaxPresenceNotices),
                .. places.OrderBy(static report => report.Run.Reported?.At ?? default).Take(options.MaxTold),
            ],
            next);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
