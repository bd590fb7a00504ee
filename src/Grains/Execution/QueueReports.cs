using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Execution;

/// <summary>What was reported last to the task of a waiting step.</summary>
/// <param name="Position">Its position in the queue, from 1.</param>
/// <param name="Away">Whether it waits for its provider.</param>
/// <param name="At">When.</param>
internal readonly record struct ReportedPosition(int Position, bool Away, DateTimeOffset At);

/// <summary>A report of where a step waits.</summary>
internal readonly record struct QueueReport(AgentRun Run, int Position, bool Away);

/// <summary>
/// Which waiting steps are due for a report. All are when their provider's last process goes or the first one comes. The position
/// is reported only to tasks that somebody watches, when it has changed, and at most once in a period. Pure.
/// </summary>
internal static class QueueReports
{
    /// <summary>What is due now.</summary>
    /// <param name="waiting">The steps that wait, in order.</param>
    /// <param name="isAway">Whether no process of a step's provider is connected.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The reports, and when the next one is due if nothing changes; null for never.</returns>
    public static (IReadOnlyList<QueueReport> Due, DateTimeOffset? Next) Due(
        IEnumerable<AgentRun> waiting, Func<AgentRun, bool> isAway, DateTimeOffset now, AgentOptions options)
    {
        List<QueueReport> presence = [];
        List<QueueReport> positions = [];
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
                if (run.Reported is { } last && last.At + options.PlacePeriod > now)
                {
                    next = Earlier(next, last.At + options.PlacePeriod);
                }
                else
                {
                    positions.Add(report);
                }
            }
        }

        if ((presence.Count > options.MaxPresenceNotices && options.MaxPresenceNotices > 0)
            || (positions.Count > options.MaxTold && options.MaxTold > 0))
        {
            next = Earlier(next, now + options.PositionLookPeriod);
        }

        // Those that have waited longest for a report first: the front does not keep the rest from theirs.
        return (
            [
                .. presence.Take(options.MaxPresenceNotices),
                .. positions.OrderBy(static report => report.Run.Reported?.At ?? default).Take(options.MaxTold),
            ],
            next);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
