using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Execution;

/// <summary>
/// Reports to the tasks of waiting steps their position in the queue, or that no process of the provider is connected; at a
/// bounded rate, see <see cref="QueueReports"/>.
/// </summary>
internal sealed class QueueNotices
{
    private readonly Activation _activation;
    private readonly AgentQueue _queue;
    private readonly IWorkerPresence _presence;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly AgentOptions _options;
    private readonly Func<AgentRun, bool> _isAway;
    private DateTimeOffset _sentAt;
    private DateTimeOffset? _nextAt;
    // Whether somebody may watch a task that waits.
    private bool _watched;

    public QueueNotices(
        Activation activation,
        AgentQueue queue,
        IWorkerPresence presence,
        IGrainFactory grains,
        TimeProvider clock,
        AgentOptions options)
    {
        (_activation, _queue, _presence, _grains, _clock, _options) = (activation, queue, presence, grains, clock, options);
        _isAway = run => run.Manifest.Transport == AgentTransports.Provider && presence.IsAway;
    }

    /// <summary>A step was added to the queue.</summary>
    public void Added(AgentRun run) => _watched |= run.WatchedUntil > _clock.GetUtcNow();

    /// <summary>The task of a step is watched until then; a time that has passed means that it is not watched any more.</summary>
    public void Watch(Guid taskId, int stepId, DateTimeOffset until)
    {
        if (_queue.Waits(taskId, stepId) is { } run)
        {
            run.WatchedUntil = until;
            Added(run);
            SendDue();
        }
    }

    /// <summary>The task sent a step again that is in the queue: it may have forgotten what was reported.</summary>
    public void Repeat(WorkItem work)
    {
        if (_queue.Waits(work.Key) is { } run)
        {
            run.WatchedUntil = work.WatchedUntil ?? DateTimeOffset.MaxValue;
            run.Reported = null;
            Added(run);
            SendDue();
        }
    }

    /// <summary>Sends the reports that are due now; those that are due later are sent then.</summary>
    public void SendDue()
    {
        // No task is watched, and there is no provider to wait for.
        if (!_watched && !_presence.IsNeeded)
        {
            return;
        }

        var now = _clock.GetUtcNow();
        var due = _sentAt + _options.PositionLookPeriod;
        if (due <= now)
        {
            Send(now);
        }
        else
        {
            SendAt(due, now);
        }
    }

    private void Send(DateTimeOffset now)
    {
        (_sentAt, _nextAt) = (now, null);
        _watched = _queue.WaitingRuns.Any(run => run.WatchedUntil > now);
        var (reports, next) = QueueReports.Due(_queue.WaitingRuns, _isAway, now, _options);
        foreach (var report in reports)
        {
            report.Run.Reported = new ReportedPosition(report.Position, report.Away, now);
            Send(report);
        }

        if (next is { } later)
        {
            var soonest = now + _options.PositionLookPeriod;
            SendAt(later < soonest ? soonest : later, now);
        }
    }

    private void SendAt(DateTimeOffset at, DateTimeOffset now)
    {
        if (!(_nextAt <= at))
        {
            _nextAt = at;
            SendLaterAsync(at - now).Ignore();
        }
    }

    private async Task SendLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, _clock);
        var now = _clock.GetUtcNow();
        if (_nextAt <= now && !_activation.IsEnding)
        {
            Send(now);
        }
    }

    private void Send(QueueReport queued)
    {
        var work = queued.Run.Work;
        var report = new StepReport
        {
            StepId = work.StepId,
            Attempt = work.Attempt,
            QueuePosition = queued.Position,
            Away = queued.Away,
            LastSeenAt = queued.Away ? _presence.LastSeenAt : null,
        };
        _grains.Get<ITaskStepsGrain>(work.TaskId).ReportAsync(report).Ignore();
    }
}
