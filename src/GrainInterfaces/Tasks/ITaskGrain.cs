using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>
/// One task, as its owner uses it. Key: the task's id. With an idempotency key the id is derived from the caller and
/// the key (<see cref="TaskIds"/>), so that a repeated submission meets the task it made.
/// </summary>
/// <remarks>
/// Ownership is checked here: to anyone else the task does not exist (<see cref="RefusalCode.NotFound"/>). Every command
/// may be sent again and takes effect once. What is answered is durable.
/// </remarks>
[GrainInterfaceType("task"), Alias("orkestron.task")]
public interface ITaskGrain : IGrainWithGuidKey
{
    /// <summary>Checks the input, holds the price and begins.</summary>
    /// <returns>
    /// The task. <see cref="RefusalCode.AgentNotFound"/>, <see cref="RefusalCode.InputInvalid"/> (with fields),
    /// <see cref="RefusalCode.TooLarge"/>, <see cref="RefusalCode.InsufficientTokens"/>,
    /// <see cref="RefusalCode.BudgetTooSmall"/>, <see cref="RefusalCode.DeadlineInvalid"/>,
    /// <see cref="RefusalCode.Conflict"/> when the id stands for another submission;
    /// with <see cref="SubmitTask.RetryFrom"/> also those of <see cref="ReplaySourceAsync"/> and
    /// <see cref="RefusalCode.AgentVersionChanged"/>.
    /// </returns>
    [Alias("submit")]
    Task<Outcome<TaskView>> SubmitAsync(SubmitTask command);

    /// <summary>Ends the task, tells its agents to stop, and charges only the steps already completed.</summary>
    /// <returns><see cref="RefusalCode.TaskEnded"/> when it had ended otherwise.</returns>
    [Alias("cancel")]
    Task<Outcome<TaskView>> CancelAsync(CancelTask command);

    /// <summary>Answers a question of one of the task's agents. The same answer again changes nothing.</summary>
    /// <returns>
    /// <see cref="RefusalCode.InputInvalid"/> (with fields), <see cref="RefusalCode.NotFound"/> when no such question is
    /// open, <see cref="RefusalCode.Conflict"/> when it was answered otherwise.
    /// </returns>
    [Alias("answer")]
    Task<Outcome<TaskView>> AnswerAsync(AnswerQuestion command);

    /// <summary>The task as it stands.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Outcome<TaskView>> GetAsync(Guid userId);

    /// <summary>The task once it is settled, or as it stands when the time has passed.</summary>
    /// <param name="userId">Its owner.</param>
    /// <param name="atMost">How long to wait, at most a few seconds: ask again to wait on.</param>
    [Alias("wait"), AlwaysInterleave]
    Task<Outcome<TaskView>> WaitAsync(Guid userId, TimeSpan atMost);

    /// <summary>What the task's steps told each other, in order, at most <paramref name="limit"/> (1 to 100).</summary>
    /// <param name="userId">Its owner.</param>
    /// <param name="after">The id of the last message seen, or null.</param>
    /// <param name="limit">How many.</param>
    [Alias("messages"), AlwaysInterleave]
    Task<Outcome<MessagePage>> MessagesAsync(Guid userId, string? after, int limit);

    /// <summary>Journaled updates after a sequence, at most <paramref name="limit"/> (1 to 500).</summary>
    [Alias("updates"), AlwaysInterleave]
    Task<Outcome<TaskUpdates>> UpdatesAsync(Guid userId, long after, int limit);

    /// <summary>
    /// Replays what came after a sequence, then follows, transient updates among them, until the task is settled. Ends at
    /// once, empty, for anyone but the owner. A slow reader gets merged transient updates and misses no journaled one.
    /// </summary>
    [Alias("watch"), AlwaysInterleave]
    IAsyncEnumerable<TaskUpdate> WatchAsync(Guid userId, long after, CancellationToken cancellationToken);

    /// <summary>Makes or replaces the share link.</summary>
    [Alias("share")]
    Task<Outcome<TaskView>> ShareAsync(ShareTask command);

    /// <summary>CancelsScope the share link.</summary>
    [Alias("unshare")]
    Task<Outcome<TaskView>> UnshareAsync(Guid userId);

    /// <summary>
    /// What another task needs to go on from a step of this one. <see cref="RefusalCode.NotFound"/> when there is no such
    /// step, <see cref="RefusalCode.TaskRunning"/> while the task runs, unless all is to run anew.
    /// </summary>
    [Alias("replay-source"), AlwaysInterleave]
    Task<Outcome<ReplaySource>> ReplaySourceAsync(Guid userId, int stepId);

    /// <summary>What a step has recorded at a place of its code; nothing for anyone but the owner.</summary>
    [Alias("recorded"), AlwaysInterleave]
    Task<RecordedCommand> RecordedAsync(Guid userId, int stepId, string key);

    /// <summary>The task for a holder of the link's secret: <see cref="RefusalCode.ShareNotFound"/> otherwise.</summary>
    [Alias("get-shared"), AlwaysInterleave]
    Task<Outcome<TaskView>> GetSharedAsync(string secret);
}
