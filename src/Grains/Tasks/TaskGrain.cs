using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Placement;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// One task. Reentrant: a command decides on the fold before its first await, appends, waits until that is durable, then
/// answers. A task that works stays in memory by its timer; one that waits and one that is closed leave soon. A failed append
/// drops the activation; the next one reads the log and dispatches what is outstanding.
/// </summary>
[GrainType("task"), PayerPlacement, Reentrant, CollectionAgeLimit(Minutes = 2)]
internal sealed partial class TaskGrain : Grain, ITaskGrain, ITaskStepsGrain
{
    private readonly TaskContext _context;
    private readonly TaskReaders _readers;
    private readonly TaskIdling _idling;
    private readonly PendingCalls _pending;
    private readonly TaskFiles _files;
    private readonly TaskHold _hold;
    private readonly TaskProgress _progress;
    private readonly TaskReplay _replay;
    private readonly TaskSubmitting _submitting;
    private readonly TaskSharing _sharing;
    private readonly TaskWatch _watch;
    private readonly TaskHistory _history;
    private readonly TaskQuestions _questions;
    private readonly TaskMessaging _messaging;
    private readonly TaskValues _values;
    private readonly TaskCalls _calls;
    private readonly TaskUndo _undo;
    private readonly TaskRuns _runs;
    private readonly TaskCallbacks _callbacks;

    public TaskGrain(
        IGrainContext grain,
        IGrainFactory grains,
        IJournal journal,
        LinkedAppends links,
        LocalAgents local,
        ISealer sealer,
        TimeProvider clock,
        IOptions<TaskOptions> options,
        IOptions<ArtifactOptions> fileOptions,
        ILogger<TaskGrain> logger)
    {
        var log = new EventStream<TaskRecord, TaskEvent>(
            TaskFold.Kind, grain.GrainId.GetGuidKey(), journal, sealer, clock, OnBroken);
        var live = new TaskLiveState(options.Value.MaxPartialCharacters);
        _context = new TaskContext(this, grains, log, live, options.Value, clock, logger);
        _readers = new TaskReaders(_context);
        _watch = new TaskWatch(_context, _readers);
        _sharing = new TaskSharing(_context);
        _replay = new TaskReplay(_context);
        _idling = new TaskIdling(_context, _readers, journal);
        _files = new TaskFiles(_context, fileOptions.Value);
        _pending = new PendingCalls(_context);
        _hold = new TaskHold(_context, _idling, links);
        _values = new TaskValues(_context, _idling);
        var timer = new TaskTimer(_context, _idling);
        var dispatcher = new TaskDispatcher(_context, _readers);
        var flush = new TaskFlush(_context);
        var agents = new CalledAgents(_context, local);
        var settling = new TaskSettling(_context, _idling, timer, _files);
        _progress = new TaskProgress(_context, _idling, timer, dispatcher, _pending, _hold, settling);
        _submitting = new TaskSubmitting(_context, dispatcher, timer, _hold, _files, _replay);
        _history = new TaskHistory(_context, _idling, _progress, _replay);
        _questions = new TaskQuestions(_context, _idling, _progress);
        _messaging = new TaskMessaging(_context, _idling, _progress);
        _calls = new TaskCalls(_context, dispatcher, flush, _values, _pending, agents, _replay);
        _undo = new TaskUndo(_context, dispatcher, _pending, agents);
        _runs = new TaskRuns(_context, _idling, _readers, timer, dispatcher, flush, _values, _pending, _progress);
        _callbacks = new TaskCallbacks(_context, _history, _runs);
    }

    private TaskRecord Record => _context.Record;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Wrongly called fresh, the first append would meet the log that stands and be refused.
        if (TaskSubmission.TakeFresh(_context.Id))
        {
            return;
        }

        await _context.Log.LoadAsync();
        await _idling.LoadAsync();
        if (Record.Exists && !Record.Closed)
        {
            await _progress.ResumeAsync();
        }
    }

    public Task<Outcome<TaskView>> SubmitAsync(SubmitTask command)
    {
        TaskSubmission.TakeFresh(_context.Id);
        return _submitting.SubmitAsync(command);
    }

    public async Task<Outcome<TaskView>> CancelAsync(CancelTask command)
    {
        if (!_context.IsOwnedBy(command.UserId))
        {
            return TaskContext.NotFound();
        }

        if (Record.Ended)
        {
            return Record.State == TaskState.Canceled
                ? await _context.ViewAsync()
                : Refuse.With(RefusalCode.TaskEnded, $"The task has ended: it is {Record.State.Word()}.");
        }

        var facts = TaskEndRules.Cancel(Record, _context.Now, _context.Options);
        await (facts.Count > 0 ? _progress.EndAsync(facts) : _context.Log.DurableAsync());
        return await _context.ViewAsync();
    }

    public Task<Outcome<TaskView>> GetAsync(Guid userId) => WaitAsync(userId, TimeSpan.Zero);

    public async Task<Outcome<TaskView>> WaitAsync(Guid userId, TimeSpan atMost)
    {
        if (!_context.IsOwnedBy(userId))
        {
            return TaskContext.NotFound();
        }

        if (!Record.Closed && atMost > TimeSpan.Zero)
        {
            await _readers.WaitForEndAsync(atMost);
        }

        _readers.Renew();
        return await _context.ViewAsync();
    }

    public Task<Outcome<TaskView>> AnswerAsync(AnswerQuestion command) => _questions.AnswerAsync(command);

    public Task<Outcome<TaskView>> ShareAsync(ShareTask command) => _sharing.ShareAsync(command);

    public Task<Outcome<TaskView>> UnshareAsync(Guid userId) => _sharing.UnshareAsync(userId);

    public async Task<Outcome<TaskView>> GetSharedAsync(string secret)
    {
        var shared = await _sharing.GetAsync(secret);
        if (shared.Accepted)
        {
            _readers.Renew();
        }

        return shared;
    }

    public Task<Outcome<MessagePage>> MessagesAsync(Guid userId, string? after, int limit) => _messaging.PageAsync(userId, after, limit);

    public Task<Outcome<TaskUpdates>> UpdatesAsync(Guid userId, long after, int limit) => _watch.UpdatesAsync(userId, after, limit);

    public IAsyncEnumerable<TaskUpdate> WatchAsync(Guid userId, long after, CancellationToken cancellationToken) =>
        _watch.WatchAsync(userId, after, cancellationToken);

    public Task<Outcome<ReplaySource>> ReplaySourceAsync(Guid userId, int stepId) => _replay.SourceAsync(userId, stepId);

    public Task<RecordedCommand> RecordedAsync(Guid userId, int stepId, string key) => _replay.RecordedAsync(userId, stepId, key);

    public Task<bool> EndStepAsync(StepEnd end) => _runs.EndAsync(end);

    public Task ReportAsync(StepReport report)
    {
        _runs.Report(report);
        return Task.CompletedTask;
    }

    public Task LoseRunAsync(StepLoss loss) => _runs.LoseAsync(loss);

    public Task<bool> WantsAsync(int stepId, int attempt, int turn) => _runs.WantsAsync(stepId, attempt, turn);

    public Task<string?> AgentVersionAsync(int stepId) => Task.FromResult(Record.Step(stepId)?.Request.AgentVersion);

    public Task<StepCallResult> CallAgentAsync(StepCall call) => _calls.CallAsync(call);

    public Task<HistoryResult> RecordAsync(HistoryRequest request) => _history.RecordAsync(request);

    public Task<RecordedValues> RecordValuesAsync(RecordValues command) => _values.RecordAsync(command);

    public Task CancelScopeAsync(CancelScope command) => _history.CancelScopeAsync(command);

    public Task CancelCallsAsync(int stepId, string keyPrefix) => _history.CancelScopeAsync(stepId, keyPrefix);

    public Task<StepCallResult> UndoCallAsync(UndoCall command) => _undo.UndoCallAsync(command);

    public Task<HistoryResult> ReserveUndoAsync(UndoReservation command) => _undo.ReserveAsync(command);

    public Task<SendResult> SendAsync(SendMessage command) => _messaging.SendAsync(command);

    public Task<ReceiveResult> ReceiveAsync(ReceiveMessage command) => _messaging.ReceiveAsync(command);

    public Task<ArtifactGrant> ArtifactAsync(ArtifactRequest request) => _files.GrantAsync(request);

    public Task<bool> UsesArtifactAsync(Guid artifactId) => Task.FromResult(Record.Exists
        ? !Record.Closed && TaskArtifacts.Of(Record).Contains(artifactId)
        : _submitting.IsRunning);

    public Task<bool> OwnsHoldAsync(Guid holdId) => Task.FromResult(Record.Exists
        ? Record.Submission!.HoldId == holdId
        : _submitting.IsRunning && _hold.Id == holdId);

    public Task<StepEnding> EndAttemptAsync(StepEnd end) => _callbacks.EndAsync(end);

    public Task<StepAccepted?> AcceptAsync(int stepId, int attempt) => _callbacks.AcceptAsync(stepId, attempt);

    public Task<StepAccepted?> AcceptedAsync(int stepId) => _callbacks.AcceptedAsync(stepId);

    public Task ResumeAsync() => _progress.ResumeAsync();

    // It leaves when no request runs in it any more: those that wait are sent again and meet the next activation.
    private void OnBroken()
    {
        LogBroken(_context.Logger, _context.Id);
        _context.MarkClosed();
        _messaging.Abandon();
        _pending.Abandon();
        _context.Live.Ring();
        DeactivateOnIdle();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} lost its stream and will be read again.")]
    private static partial void LogBroken(ILogger logger, Guid taskId);
}
