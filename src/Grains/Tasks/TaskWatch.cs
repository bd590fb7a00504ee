using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>What watchers see. A watcher is a cursor into the log and into the live state: nothing is queued for it.</summary>
internal sealed class TaskWatch(TaskContext context, TaskReaders readers)
{
    private const int EventsAtOnce = 200;
    private const int MaxEventsAtOnce = 500;

    /// <summary>A page of the events after a number.</summary>
    public async Task<Outcome<TaskUpdates>> UpdatesAsync(Guid userId, long after, int limit)
    {
        if (!context.IsOwnedBy(userId))
        {
            return TaskContext.NotFound();
        }

        var items = await ReadAsync(Math.Max(0, after), Math.Clamp(limit, 1, MaxEventsAtOnce));
        return new TaskUpdates(items, context.Log.Version, context.Record.Closed);
    }

    /// <summary>All events after a number and the live state between them, until the task is settled.</summary>
    public async IAsyncEnumerable<TaskUpdate> WatchAsync(
        Guid userId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!context.IsOwnedBy(userId))
        {
            yield break;
        }

        readers.BeginWatch();
        try
        {
            var cursor = Math.Max(0, after);
            var seen = new Dictionary<int, (long Version, int Length, long Run)>();
            while (true)
            {
                var changed = context.Live.Changed;
                while (cursor < context.Log.Version)
                {
                    foreach (var update in await ReadAsync(cursor, EventsAtOnce))
                    {
                        cursor = update.Sequence;
                        yield return update;
                    }
                }

                foreach (var update in Transient(cursor, seen))
                {
                    yield return update;
                }

                if (context.Record.Closed && cursor >= context.Log.Version)
                {
                    yield break;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            readers.EndWatch();
        }
    }

    private async Task<ImmutableArray<TaskUpdate>> ReadAsync(long after, int limit)
    {
        await context.Log.DurableAsync();
        var recent = context.Log.Recent;
        var oldest = context.Log.Version - recent.Count + 1;
        var recorded = after + 1 >= oldest
            ? recent.Where(each => each.Version > after).Take(limit)
            : await context.Log.ReadAsync(after, limit);
        return [.. recorded.Select(TaskUpdateData.Of)];
    }

    private List<TaskUpdate> Transient(long sequence, Dictionary<int, (long Version, int Length, long Run)> seen)
    {
        var updates = new List<TaskUpdate>();
        var now = context.Now;
        foreach (var (stepId, live) in context.Live.Steps)
        {
            var last = seen.GetValueOrDefault(stepId);
            if (live.Version <= last.Version)
            {
                continue;
            }

            updates.Add(live switch
            {
                { Away: true } => TaskUpdateData.Away(sequence, now, stepId, live.LastSeenAt),
                { QueuePosition: { } position } => TaskUpdateData.Queued(sequence, now, stepId, position),
                _ => TaskUpdateData.Progress(sequence, now, stepId, live),
            });
            if (live.Length != last.Length || (last.Run != live.Run && last.Length > 0))
            {
                var offset = last.Run == live.Run ? Math.Min(last.Length, live.Length) : 0;
                updates.Add(TaskUpdateData.Output(sequence, now, stepId, live.Number, offset, live.TextFrom(offset)));
            }

            seen[stepId] = (live.Version, live.Length, live.Run);
        }

        return updates;
    }
}
