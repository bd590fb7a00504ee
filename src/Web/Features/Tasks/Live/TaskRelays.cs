using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>The relays of this node: one per watched task and user, for as long as somebody watches.</summary>
internal sealed class TaskRelays(
    IGrainFactory grains, IOptions<WebOptions> options, TimeProvider clock, ILogger<TaskRelays> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid User, Guid Task), SharedRelay> _relays = [];
    private readonly Dictionary<Guid, int> _streams = [];
    private int _total;

    /// <summary>Reserves a slot for a stream. Dispose the slot when the stream ends.</summary>
    public Outcome<StreamSlot> Acquire(Guid userId)
    {
        lock (_gate)
        {
            var mine = _streams.GetValueOrDefault(userId);
            if (mine >= options.Value.MaxStreamsPerUser || _total >= options.Value.MaxStreams)
            {
                return Refuse.With(
                    RefusalCode.TooMany, $"You can follow at most {options.Value.MaxStreamsPerUser} streams at once. Close others first.");
            }

            _streams[userId] = mine + 1;
            _total++;
            return new StreamSlot(this, userId);
        }
    }

    /// <summary>Joins the relay of a task, or starts it after this sequence. Pair with <see cref="Leave"/>.</summary>
    public TaskRelay Join(Guid userId, Guid taskId, long last)
    {
        lock (_gate)
        {
            if (!_relays.TryGetValue((userId, taskId), out var shared))
            {
                var relay = new TaskRelay(
                    grains.GetGrain<ITaskGrain>(taskId),
                    userId,
                    last,
                    options.Value,
                    clock,
                    logger);
                _relays[(userId, taskId)] = shared = new SharedRelay(relay);
                relay.Start();
            }

            shared.Viewers++;
            return shared.Relay;
        }
    }

    /// <summary>Leaves a relay; the last viewer ends it.</summary>
    public void Leave(Guid userId, Guid taskId)
    {
        lock (_gate)
        {
            var shared = _relays[(userId, taskId)];
            if (--shared.Viewers == 0)
            {
                _relays.Remove((userId, taskId));
                shared.Relay.Dispose();
            }
        }
    }

    internal void Release(Guid userId)
    {
        lock (_gate)
        {
            _total--;
            if (--_streams[userId] == 0)
            {
                _streams.Remove(userId);
            }
        }
    }

    private sealed class SharedRelay(TaskRelay relay)
    {
        public TaskRelay Relay { get; } = relay;

        public int Viewers { get; set; }
    }
}

/// <summary>One of the streams that a user, and the node, may have open at once.</summary>
internal sealed class StreamSlot(TaskRelays relays, Guid userId) : IDisposable
{
    private TaskRelays? _relays = relays;

    public void Dispose() => Interlocked.Exchange(ref _relays, null)?.Release(userId);
}
