using Microsoft.Extensions.Logging;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>What all parts of a task's grain share: its log, what is only in memory, and its surroundings.</summary>
/// <remarks>Used on the grain's scheduler only: what is decided on <see cref="Record"/> is recorded without an await between.</remarks>
internal sealed class TaskContext(
    IGrainBase grain,
    IGrainFactory grains,
    EventStream<TaskRecord, TaskEvent> log,
    TaskLiveState live,
    TaskOptions options,
    TimeProvider clock,
    ILogger logger)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The task's id.</summary>
    public Guid Id { get; } = grain.GrainContext.GrainId.GetGuidKey();

    /// <summary>Names this activation: answers that it gave before they were durable are lost with it.</summary>
    public string Activation { get; } = grain.GrainContext.ActivationId.ToParsableString();

    /// <summary>The grain, for timers, streams and to leave memory.</summary>
    public IGrainBase Grain => grain;

    public IGrainFactory Grains => grains;

    /// <summary>The task's events.</summary>
    public EventStream<TaskRecord, TaskEvent> Log => log;

    /// <summary>The task as it stands, perhaps before that is durable.</summary>
    public TaskRecord Record => log.State;

    /// <summary>Progress, partial output and places in queues: in memory only.</summary>
    public TaskLiveState Live => live;

    public TaskOptions Options => options;

    public TimeProvider Clock => clock;

    public ILogger Logger => logger;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Completes when the task is settled, or this activation is to be dropped.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Wakes those that wait for <see cref="Closed"/>.</summary>
    public void MarkClosed() => _closed.TrySetResult();

    public bool IsOwnedBy(Guid userId) => Record.Exists && Record.Submission!.UserId == userId;

    /// <summary>Appends events and the rows that follow from them; once they are durable, watchers look again.</summary>
    public async Task AppendAsync(IReadOnlyList<TaskEvent> facts, Func<TaskRecord, IReadOnlyList<RowChange>>? rows = null)
    {
        await log.AppendAsync(facts, rows);
        live.Ring();
    }

    /// <summary>The task for its owner, once what it says is durable.</summary>
    public async Task<TaskView> ViewAsync()
    {
        await log.DurableAsync();
        return TaskViews.Of(Id, Record, log.Version, live);
    }

    /// <summary>The agent of a step.</summary>
    public IAgentGrain Agent(string key) => grains.Get<IAgentGrain>(key);

    public static Refusal NotFound() => Refuse.With(RefusalCode.NotFound, "There is no such task among yours. Check the id.");
}
