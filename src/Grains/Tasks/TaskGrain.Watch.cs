using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Grains.Tasks;

// What watchers see. A watcher is a cursor into the log and into the pulse: nothing is queued for it.
internal sealed partial class TaskGrain
{
    private const int WatchPage = 200;
    private int _watchers;
    private DateTimeOffset _readUntil;

    /// <summary>Until when somebody watches, or may: past when nobody does.</summary>
    private DateTimeOffset WatchedUntil => _watchers > 0 ? DateTimeOffset.MaxValue : _readUntil;

    public async Task<Outcome<TaskUpdates>> UpdatesAsync(Guid userId, long after, int limit)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        var items = await ReadAsync(Math.Max(0, after), Math.Clamp(limit, 1, 500));
        return new TaskUpdates(items, _log.Version, Record.Closed);
    }

    public async IAsyncEnumerable<TaskUpdate> WatchAsync(
        Guid userId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Owned(userId))
        {
            yield break;
        }

        BeginWatch();
        try
        {
            var cursor = Math.Max(0, after);
            var seen = new Dictionary<int, (long Version, int Length, long Run)>();
            while (true)
            {
                var changed = _pulse.Changed;
                while (cursor < _log.Version)
                {
                    foreach (var update in await ReadAsync(cursor, WatchPage))
                    {
                        cursor = update.Sequence;
                        yield return update;
                    }
                }

                foreach (var update in Transient(cursor, seen))
                {
                    yield return update;
                }

                if (Record.Closed && cursor >= _log.Version)
                {
                    yield break;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            EndWatch();
        }
    }

    private void BeginWatch()
    {
        if (++_watchers == 1)
        {
            TellAgentsOfWatch();
        }
    }

    private void EndWatch()
    {
        if (--_watchers == 0)
        {
            TellAgentsOfWatch();
        }
    }

    /// <summary>Somebody has asked for the task and may ask again: it counts as watched for a while.</summary>
    private void RenewReader()
    {
        var now = _clock.GetUtcNow();
        if (_watchers == 0 && !Record.Ended && _readUntil < now + (_options.ReaderPeriod / 2))
        {
            _readUntil = now + _options.ReaderPeriod;
            TellAgentsOfWatch();
        }
    }

    /// <summary>Agents tell the places in their queues only while somebody watches.</summary>
    private void TellAgentsOfWatch()
    {
        if (!Record.Ended)
        {
            foreach (var step in Record.Steps)
            {
                TellAgentOfWatch(step);
            }
        }
    }

    private void TellAgentOfWatch(StepRecord step)
    {
        if (step is { Outstanding: true, State: not StepState.Waiting } && _pulse.Of(step.Id)?.StartedAt is null)
        {
            GrainFactory.Get<IAgentGrain>(step.Request.Agent).WatchStepAsync(Id, step.Id, WatchedUntil).Ignore();
        }
    }

    private async Task<ImmutableArray<TaskUpdate>> ReadAsync(long after, int limit)
    {
        await _log.DurableAsync();
        var recent = _log.Recent;
        var oldest = _log.Version - recent.Count + 1;
        var recorded = after + 1 >= oldest
            ? recent.Where(each => each.Version > after).Take(limit)
            : await _log.ReadAsync(after, limit);
        return [.. recorded.Select(TaskUpdateData.Of)];
    }

    private List<TaskUpdate> Transient(long sequence, Dictionary<int, (long Version, int Length, long Run)> seen)
    {
        var updates = new List<TaskUpdate>();
        var now = _clock.GetUtcNow();
        foreach (var (stepId, pulse) in _pulse.Steps)
        {
            var last = seen.GetValueOrDefault(stepId);
            if (pulse.Version <= last.Version)
            {
                continue;
            }

            updates.Add(pulse switch
            {
                { Away: true } => TaskUpdateData.Away(sequence, now, stepId, pulse.LastSeenAt),
                { QueuePosition: { } position } => TaskUpdateData.Queued(sequence, now, stepId, position),
                _ => TaskUpdateData.Progress(sequence, now, stepId, pulse),
            });
            if (pulse.Length != last.Length || (last.Run != pulse.Run && last.Length > 0))
            {
                var offset = last.Run == pulse.Run ? Math.Min(last.Length, pulse.Length) : 0;
                updates.Add(TaskUpdateData.Output(sequence, now, stepId, pulse.Number, offset, pulse.TextFrom(offset)));
            }

            seen[stepId] = (pulse.Version, pulse.Length, pulse.Run);
        }

        return updates;
    }
}
