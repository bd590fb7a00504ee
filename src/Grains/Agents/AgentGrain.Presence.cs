using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Agents;

// What steps that wait are told: their place, or that nobody of the provider is there.
internal sealed partial class AgentGrain
{
    // Stored at most so often while a process is connected.
    private static readonly TimeSpan SeenPeriod = TimeSpan.FromMinutes(1);
    private DateTimeOffset? _seenAt;
    private bool _away = true;
    private DateTimeOffset _lookedAt;
    private DateTimeOffset? _nextLook;
    // Whether a step that waits may be watched.
    private bool _watched;

    private bool IsAway => _desk is not { Connected.Processes: > 0 };

    private DateTimeOffset? LastSeenAt => _seenAt ?? Record.LastSeenAt;

    /// <summary>A process is there, or says that it leaves.</summary>
    private void Seen()
    {
        _seenAt = clock.GetUtcNow();
        if (!(_seenAt - Record.LastSeenAt < SeenPeriod))
        {
            Record.LastSeenAt = _seenAt;
            _dirty = true;
        }
    }

    /// <summary>Tells all that wait when the first process has come or the last one has gone.</summary>
    private void NotePresence()
    {
        if (IsAway == _away)
        {
            return;
        }

        _away = !_away;
        if (!_away)
        {
            ResumeWaitingAsync().Ignore();
        }

        if (_away && _seenAt is { } seen)
        {
            Record.LastSeenAt = seen;
            _dirty = true;
        }

        TellWaiting();
    }

    /// <summary>Wakes the tasks out of memory that wait for a process of the provider; a queue of a lost activation is filled by it.</summary>
    private async Task ResumeWaitingAsync()
    {
        while (!_away && !_leaving)
        {
            try
            {
                await GrainFactory.GetGrain<IResumeGrain>(0).ResumeWaitingAsync(this.GetPrimaryKeyString());
                return;
            }
            catch (Exception fault)
            {
                LogResumeFailed(logger, this.GetPrimaryKeyString(), fault);
            }

            await Task.Delay(options.Value.MaxHandOverDelay, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tasks that wait for {Agent} could not be woken; it is tried again.")]
    private static partial void LogResumeFailed(ILogger logger, string agent, Exception fault);

    public Task WatchStepAsync(Guid taskId, int stepId, DateTimeOffset until)
    {
        if (_queue.Waits(taskId, stepId) is { } run)
        {
            run.WatchedUntil = until;
            Watched(run);
            TellWaiting();
        }

        return Task.CompletedTask;
    }

    private void Watched(AgentRun run) => _watched |= run.WatchedUntil > clock.GetUtcNow();

    /// <summary>The task asks again for a step that is here: it may have forgotten what it was told.</summary>
    private void TellAgain(WorkItem work)
    {
        if (_queue.Waits(StepKey.Of(work)) is { } run)
        {
            run.WatchedUntil = work.WatchedUntil ?? DateTimeOffset.MaxValue;
            run.Told = null;
            Watched(run);
            TellWaiting();
        }
    }

    /// <summary>Tells those that wait where they wait, as far as that is due; what is due later is told then.</summary>
    private void TellWaiting()
    {
        // Nobody watches, and there is no provider to wait for.
        if (!_watched && _desk is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var due = _lookedAt + options.Value.PositionLookPeriod;
        if (due <= now)
        {
            Look(now);
        }
        else
        {
            LookAt(due, now);
        }
    }

    private void Look(DateTimeOffset now)
    {
        (_lookedAt, _nextLook) = (now, null);
        _watched = _queue.WaitingRuns.Any(run => run.WatchedUntil > now);
        var (reports, next) = QueueReports.Due(_queue.WaitingRuns, IsAwayFor, now, options.Value);
        foreach (var report in reports)
        {
            report.Run.Told = new ReportedPosition(report.Position, report.Away, now);
            Tell(report);
        }

        if (next is { } later)
        {
            LookAt(later < now + options.Value.PositionLookPeriod ? now + options.Value.PositionLookPeriod : later, now);
        }
    }

    private void LookAt(DateTimeOffset at, DateTimeOffset now)
    {
        if (!(_nextLook <= at))
        {
            _nextLook = at;
            LookLaterAsync(at - now).Ignore();
        }
    }

    private async Task LookLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, clock);
        var now = clock.GetUtcNow();
        if (_nextLook <= now && !_leaving)
        {
            Look(now);
        }
    }

    private bool IsAwayFor(AgentRun run) => run.Manifest.Transport == AgentTransports.Provider && IsAway;

    private void Tell(QueueReport place)
    {
        var work = place.Run.Work;
        var report = new StepReport
        {
            StepId = work.StepId,
            Attempt = work.Attempt,
            QueuePosition = place.Position,
            Away = place.Away,
            LastSeenAt = place.Away ? LastSeenAt : null,
        };
        GrainFactory.Get<ITaskStepsGrain>(work.TaskId).ReportAsync(report).Ignore();
    }
}
