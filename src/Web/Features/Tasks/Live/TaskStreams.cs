using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Silo.Faults;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>Opens event streams of tasks: replay, then follow, without gaps and without repeating journaled events.</summary>
internal sealed class TaskStreams(
    IGrainFactory grains, TaskRelays relays, IOptions<WebOptions> options, TimeProvider clock)
{
    private const int PageSize = 200;

    /// <summary>Opens a stream after a sequence, if the user may watch the task.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.TooMany"/>.</returns>
    public async Task<Outcome<TaskStream>> OpenAsync(ClaimsPrincipal user, Guid taskId, long after)
    {
        var userId = user.RequiredUserId();
        var first = await grains.GetGrain<ITaskGrain>(taskId).UpdatesAsync(userId, after, PageSize);
        if (!first.Accepted)
        {
            return first.Refusal;
        }

        if (Beyond(first.Value, after) is { } beyond)
        {
            return beyond;
        }

        var slot = relays.Acquire(userId);
        if (!slot.Accepted)
        {
            return slot.Refusal;
        }

        var over = first.Value.Ended && first.Value.Last <= after;
        // A queue, so that replayed events are released while the stream stays open.
        var (replay, last) = (new Queue<TaskUpdate>(first.Value.Items), first.Value.Last);
        return new TaskStream(
            over, slot.Value, stop => ReadAsync(user, userId, taskId, after, replay, last, stop));
    }

    /// <summary>
    /// A refusal when the task has not reached the sequence yet; otherwise null. Viewers see durable events only, so none can be
    /// ahead of the task; following from there would skip the events up to it.
    /// </summary>
    public static Refusal? Beyond(TaskUpdates updates, long after) => after <= updates.Last ? null : Refuse.With(
        RefusalCode.Invalid,
        $"The task has {updates.Last} events so far, so there is none after {after}. Send the sequence of the last event "
            + "you received, or 0 for all of them.");

    private async IAsyncEnumerable<TaskEvent?> ReadAsync(
        ClaimsPrincipal user,
        Guid userId,
        Guid taskId,
        long after,
        Queue<TaskUpdate> replay,
        long last,
        [EnumeratorCancellation] CancellationToken stop)
    {
        var cursor = after;
        while (replay.TryDequeue(out var update))
        {
            cursor = update.Sequence;
            yield return update.ToEvent();
        }

        replay.TrimExcess();
        var relay = relays.Join(userId, taskId, last);
        try
        {
            var checkedAt = clock.GetTimestamp();
            var seen = new Dictionary<int, LiveCursor>();
            while (true)
            {
                var changed = relay.Changed;
                var read = relay.Read(cursor, seen);
                if (read.Behind)
                {
                    if (await MissedAsync(userId, taskId, cursor, stop) is not { } missed)
                    {
                        yield break;
                    }

                    foreach (var update in missed)
                    {
                        cursor = update.Sequence;
                        yield return update.ToEvent();
                    }

                    continue;
                }

                foreach (var each in read.Events)
                {
                    cursor = each.Transient ? cursor : each.Sequence;
                    yield return each;
                }

                if (read.Ended)
                {
                    yield break;
                }

                if (read.Events.Count == 0)
                {
                    yield return null;
                }

                await changed.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.ThrowIfCancellationRequested();
                // Half of it: the notification after a heartbeat may come a little early.
                if (clock.GetElapsedTime(checkedAt) >= options.Value.StreamHeartbeat / 2)
                {
                    if (!await IsKeyValidAsync(user))
                    {
                        yield break;
                    }

                    checkedAt = clock.GetTimestamp();
                }
            }
        }
        finally
        {
            relays.Leave(userId, taskId);
        }
    }

    /// <summary>The events after a sequence; null when there are none. Asks again while the task's silo cannot be reached.</summary>
    private async Task<ImmutableArray<TaskUpdate>?> MissedAsync(Guid userId, Guid taskId, long after, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var page = await grains.GetGrain<ITaskGrain>(taskId).UpdatesAsync(userId, after, PageSize);
                return page.Accepted && !page.Value.Items.IsDefaultOrEmpty ? page.Value.Items : null;
            }
            catch (Exception fault) when (GrainFaults.RetryAfter(fault) is { } pause)
            {
                await Task.Delay(pause, clock, stop);
            }
        }
    }

    /// <summary>
    /// Whether the API key that opened the stream is still valid: revoking a key ends its streams. A key that cannot be looked
    /// up now is looked up again at the next heartbeat.
    /// </summary>
    private async Task<bool> IsKeyValidAsync(ClaimsPrincipal user)
    {
        try
        {
            return user.FindFirstValue(UserClaims.KeyHash) is not { } hash
                || await grains.GetGrain<IApiKeyGrain>(hash).OwnerAsync() is not null;
        }
        catch (Exception fault) when (GrainFaults.RetryAfter(fault) is not null)
        {
            return true;
        }
    }
}

/// <summary>An open stream of a task's events. Dispose it.</summary>
/// <param name="over">Whether the task has ended and there are no events after the cursor.</param>
/// <param name="slot">Its slot among the open streams.</param>
/// <param name="read">Reads the events.</param>
internal sealed class TaskStream(
    bool over, StreamSlot slot, Func<CancellationToken, IAsyncEnumerable<TaskEvent?>> read) : IDisposable
{
    /// <summary>Whether there will be no events.</summary>
    public bool Over => over;

    /// <summary>The events; null is a heartbeat.</summary>
    public IAsyncEnumerable<TaskEvent?> ReadAsync(CancellationToken stop) => read(stop);

    public void Dispose() => slot.Dispose();
}
