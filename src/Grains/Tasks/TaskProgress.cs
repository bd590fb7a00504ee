using Microsoft.Extensions.Logging;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// Makes a task go on whatever is lost: records ends and what follows from them, fails what is overdue, dispatches again what is
/// outstanding.
/// </summary>
internal sealed partial class TaskProgress
{
    private readonly TaskContext _context;
    private readonly TaskIdling _idling;
    private readonly TaskTimer _timer;
    private readonly TaskDispatcher _dispatcher;
    private readonly PendingCalls _calls;
    private readonly TaskHold _hold;
    private readonly TaskSettling _settling;

    public TaskProgress(
        TaskContext context,
        TaskIdling idling,
        TaskTimer timer,
        TaskDispatcher dispatcher,
        PendingCalls calls,
        TaskHold hold,
        TaskSettling settling)
    {
        (_context, _idling, _timer, _dispatcher) = (context, idling, timer, dispatcher);
        (_calls, _hold, _settling) = (calls, hold, settling);
        timer.OnDueAsync = OnTimerAsync;
    }

    /// <summary>Does what is due. Harmless at any time.</summary>
    public async Task ResumeAsync()
    {
        if (!_context.Record.Exists || _context.Record.Closed)
        {
            return;
        }

        if (_context.Record.Ended)
        {
            await _settling.SettleAsync();
            return;
        }

        await WakeAsync();
    }

    /// <summary>Fails what is overdue, begins retries that are due, and dispatches what is outstanding again.</summary>
    public async Task WakeAsync()
    {
        var now = _context.Now;
        var expired = TaskEndRules.Expire(_context.Record, now, _context.Options);
        if (expired.Count > 0)
        {
            await EndAsync(expired);
            return;
        }

        foreach (var step in _context.Record.Steps)
        {
            if (step.Outstanding && step.DeadlineAt <= now)
            {
                await EndLateAsync(step, now);
                continue;
            }

            if (step.IsDue(now))
            {
                _dispatcher.Send(step, again: true);
            }
        }

        _timer.Set();
    }

    /// <summary>Appends how a step or the task ended, then answers callers, agents and watchers, and settles.</summary>
    /// <param name="facts">What ended, in order.</param>
    /// <param name="endedStep">The step whose attempt ended; null when none did.</param>
    public async Task EndAsync(IReadOnlyList<TaskEvent> facts, int? endedStep = null)
    {
        var open = facts.Any(static fact => fact is TaskCanceled or TaskFailed or TaskRejected or StepCanceled)
            ? _context.Record.Steps.Where(static step => step.Outstanding).ToArray()
            : [];
        var ends = facts[^1] is TaskCompleted or TaskCanceled or TaskFailed or TaskRejected;
        var listed = ends || facts.Any(static fact => fact is StepScopeCanceled or TaskUndoing);
        await (ends && _hold.EndsWithSettlement
            ? _hold.AppendEndAsync(facts)
            : _context.Log.AppendAsync(facts, task => _idling.RowOf(task, listed)));
        foreach (var step in open.Where(step => _context.Record.Step(step.Id)!.State == StepState.Canceled))
        {
            _context.Agent(step.Request.Agent).CancelStepAsync(_context.Id, step.Id).Ignore();
            _context.Live.Forget(step.Id);
        }

        if (endedStep is { } ended)
        {
            _context.Live.Forget(ended);
        }

        _calls.Complete();
        _context.Live.Ring();
        if (_context.Record.Closed)
        {
            _settling.Close();
        }
        else if (_context.Record.Ended)
        {
            _settling.SettleAsync().Ignore();
        }
        else if (facts.Any(static fact => fact is StepUndoing)
            || (endedStep is { } turned && (_context.Record.Step(turned) is { State: StepState.Waiting } || CallerWaits(turned))))
        {
            // What it waits for may have come meanwhile.
            await WakeAsync();
        }
        else
        {
            _timer.Set();
        }
    }

    /// <summary>Whether the step that called a step waits out of memory for it.</summary>
    public bool CallerWaits(int stepId) =>
        _context.Record.Step(stepId)?.Request.ParentId is { } parent
        && _context.Record.Step(parent) is { State: StepState.Waiting };

    /// <summary>The time that a step's plan gave itself is over.</summary>
    private async Task EndLateAsync(StepRecord step, DateTimeOffset now)
    {
        var facts = TaskEndRules.EndLate(_context.Record, step, now, _context.Options);
        _context.Agent(step.Request.Agent).CancelStepAsync(_context.Id, step.Id).Ignore();
        await EndAsync(facts, step.Id);
    }

    private async Task OnTimerAsync()
    {
        try
        {
            if (!await _idling.LeaveAsync())
            {
                await _idling.KeepFoundAsync();
                await ResumeAsync();
            }
        }
        catch (Exception fault)
        {
            LogResumeFailed(_context.Logger, _context.Id, fault);
            _timer.SetAgain();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} could not resume; it will try again.")]
    private static partial void LogResumeFailed(ILogger logger, Guid taskId, Exception fault);
}
