using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>The relays of this node: one for each task and user that is being watched, while someone watches.</summary>
internal sealed class TaskRelays(
    IGrainFactory grains, IOptions<WebOptions> options, TimeProvider clock, ILogger<TaskRelays> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid User, Guid Task), Shared> _relays = [];
    private readonly Dictionary<Guid, int> _streams = [];
    private int _total;

    /// <summary>Takes a place for a stream; dispose it to give it back.</summary>
    public Outcome<StreamPlace> Enter(Guid userId)
    {
        lock (_gate)
        {
            var mine = _streams.GetValueOrDefault(userId);
            if (mine >= options.Value.MaxStreamsPerUser || _total >= options.Value.MaxStreams)
            {
                return Refuse.With(
                    RefusalCode.TooMany, $"At most {options.Value.MaxStreamsPerUser} streams are followed at once. Close others.");
            }

            _streams[userId] = mine + 1;
            _total++;
            return new StreamPlace(this, userId);
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
                _relays[(userId, taskId)] = shared = new Shared(relay);
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

    internal void Exit(Guid userId)
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

    private sealed class Shared(TaskRelay relay)
    {
        public TaskRelay Relay { get; } = relay;

        public int Viewers { get; set; }
    }
}

/// <summary>A stream's place among those of its user and of the node.</summary>
internal sealed class StreamPlace(TaskRelays relays, Guid userId) : IDisposable
{
    private TaskRelays? _relays = relays;

    public void Dispose() => Interlocked.Exchange(ref _relays, null)?.Exit(userId);
}
