using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Agents;

// What steps that wait are told: their place, or that nobody of the provider is there.
internal sealed partial class AgentGrain
{
    // Stored at most so often while a process is connected.
    private static readonly TimeSpan SeenPeriod = TimeSpan.FromMinutes(1);
    private DateTimeOffset? _seenAt;
    private bool _away = true;

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
        if (_away && _seenAt is { } seen)
        {
            Record.LastSeenAt = seen;
            _dirty = true;
        }

        TellWaiting(options.Value.MaxToldOfPresence);
    }

    private void TellWaiting(int most)
    {
        foreach (var (run, position) in _queue.Positions(most))
        {
            Tell(run, position);
        }
    }

    private void TellAgain(StepKey step)
    {
        if (_queue.Waits(step) is not { } waiting)
        {
            return;
        }

        if (IsAwayFor(waiting))
        {
            Tell(waiting, 0);
            return;
        }

        foreach (var (run, position) in _queue.Positions(options.Value.MaxTold))
        {
            if (run == waiting)
            {
                Tell(run, position);
            }
        }
    }

    private bool IsAwayFor(AgentRun run) => run.Manifest.Transport == AgentTransports.Provider && IsAway;

    private void Tell(AgentRun run, int position)
    {
        var away = IsAwayFor(run);
        var report = new StepReport
        {
            StepId = run.Work.StepId,
            Attempt = run.Work.Attempt,
            QueuePosition = position,
            Away = away,
            LastSeenAt = away ? LastSeenAt : null,
        };
        GrainFactory.Get<ITaskStepsGrain>(run.Work.TaskId).ReportAsync(report).Ignore();
    }
}
