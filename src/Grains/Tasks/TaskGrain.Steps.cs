using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Grains.Tasks;

// What agents do to a task.
internal sealed partial class TaskGrain
{
    public async Task<bool> EndStepAsync(StepEnd end)
    {
        if (RunRules.SawLostAnswers(Record, end, _activation) || WithValues(end) is not { } taken)
        {
            RunAgainAsync(end).Ignore();
            await _log.DurableAsync();
            return false;
        }

        end = taken;
        var facts = WithOutput(TaskRules.EndStep(Record, end, _clock.GetUtcNow(), _options), end.StepId);
        if (facts.Count == 0)
        {
            // Already recorded, or of no interest any more; what was recorded must be durable before the agent forgets it.
            await _log.DurableAsync();
            return Record.Ended || Record.Step(end.StepId) is not null;
        }

        if (StaysInside(facts, Record.Step(end.StepId)!))
        {
            await EndInsideAsync(facts, end.StepId);
        }
        else
        {
            await EndAsync(facts, end.StepId);
        }

        return true;
    }

    /// <summary>Gives a step to its agent once more, which has forgotten the run by then.</summary>
    private async Task RunAgainAsync(StepEnd end)
    {
        await Task.Delay(_options.RetryDelay / 10, _clock);
        if (!Record.Ended && Record.Step(end.StepId) is { Outstanding: true } step && step.IsAt(end.Attempt) && step.Turn == end.Turn)
        {
            Dispatch(step, again: true);
        }
    }

    /// <summary>
    /// Whether only agents inside the platform learn that a call has ended: the caller may go on before that is durable.
    /// Lost with a crash, both the call and what the caller made of it are done again, and nothing was paid.
    /// </summary>
    private bool StaysInside(IReadOnlyList<TaskEvent> facts, StepRecord step) =>
        facts is [StepCompleted] && step.Request.BuiltIn && CallerIsInside(step);

    private bool CallerIsInside(StepRecord step) =>
        step.Request.ParentId is { } parent && Record.Step(parent)!.Request.BuiltIn;

    private async Task EndInsideAsync(IReadOnlyList<TaskEvent> facts, int stepId)
    {
        foreach (var fact in facts)
        {
            _log.Stage(fact);
        }

        // The agent forgets the run once it is durable: with what the caller does next, or after a moment.
        var durable = FlushSoonAsync();
        TellCallers();
        _pulse.Forget(stepId);
        _pulse.Ring();
        if (CallerWaits(stepId))
        {
            await durable;
            await WakeAsync();
            return;
        }

        ArmTimer();
        await durable;
    }

    private bool CallerWaits(int stepId) =>
        Record.Step(stepId)?.Request.ParentId is { } parent && Record.Step(parent) is { State: StepState.Waiting };

    public Task ReportAsync(StepReport report)
    {
        if (Record.Ended || Record.Step(report.StepId) is not { Outstanding: true } step || step.Attempt != report.Attempt
            // Of the wait before the run that has ended to wait for something else.
            || (step.State == StepState.Waiting && report.StartedAt is null && !step.IsDue(_clock.GetUtcNow())))
        {
            return Task.CompletedTask;
        }

        var facts = WithOutput(RunRules.Begin(step, report, _options), step.Id);
        if (facts.Count > 0)
        {
            // Not awaited: it only says what the step's end will say again. A failed append drops the activation.
            _log.AppendAsync(facts, task => RowOf(task, listed: step.Id == 1)).ContinueWith(
                appended => _pulse.Ring(), TaskScheduler.Current).Ignore();
        }

        _ = report.Away ? _away.Add(step.Id) : _away.Remove(step.Id);
        _pulse.Report(report, Record.Step(report.StepId)!.Number);
        return Task.CompletedTask;
    }

    public async Task LoseRunAsync(StepLoss loss)
    {
        var facts = WithOutput(
            RunRules.Lose(Record.Step(loss.StepId), loss, _pulse.Of(loss.StepId)?.StartedAt, _options), loss.StepId);
        if (Record.Ended || facts.Count == 0)
        {
            await _log.DurableAsync();
            return;
        }

        // The output of a run that was lost is no part of the next one's.
        _pulse.Forget(loss.StepId, loss.StartedAt);
        await _log.AppendAsync(facts, task => RowOf(task, listed: false));
        _pulse.Ring();
        if (WatchedUntil > _clock.GetUtcNow() && Record.Step(loss.StepId) is { } waits)
        {
            TellAgentOfWatch(waits);
        }
    }

    // What an attempt had written is known here alone, and forgotten with its end.
    private IReadOnlyList<TaskEvent> WithOutput(IReadOnlyList<TaskEvent> facts, int stepId) =>
        OutputRules.Keep(Record, facts, _pulse, stepId, _options);

    public Task<string?> AgentVersionAsync(int stepId) => Task.FromResult(Record.Step(stepId)?.Request.AgentVersion);

    public async Task<bool> WantsAsync(int stepId, int attempt, int turn)
    {
        await _log.DurableAsync();
        return !Record.Ended && Record.Step(stepId) is { Outstanding: true } step && step.Attempt == attempt && step.Turn == turn;
    }

    /// <summary>Appends how a step or the task ended, then tells callers, agents and watchers, and settles.</summary>
    private async Task EndAsync(IReadOnlyList<TaskEvent> facts, int? endedStep = null)
    {
        var open = facts.Any(static fact => fact is TaskCanceled or TaskFailed or TaskRejected or StepCanceled)
            ? Record.Steps.Where(static step => step.Outstanding).ToArray()
            : [];
        var ends = facts[^1] is TaskCompleted or TaskCanceled or TaskFailed or TaskRejected;
        var listed = ends || facts.Any(static fact => fact is StepScopeCanceled or TaskUndoing);
        await (ends && EndsWithSettlement
            ? AppendSettledAsync(facts)
            : _log.AppendAsync(facts, task => RowOf(task, listed)));
        foreach (var step in open.Where(step => Record.Step(step.Id)!.State == StepState.Canceled))
        {
            GrainFactory.Get<IAgentGrain>(step.Request.Agent).CancelStepAsync(Id, step.Id).Ignore();
            _pulse.Forget(step.Id);
        }

        if (endedStep is { } ended)
        {
            _pulse.Forget(ended);
        }

        TellCallers();
        _pulse.Ring();
        if (Record.Closed)
        {
            Close();
        }
        else if (Record.Ended)
        {
            SettleAsync().Ignore();
        }
        else if (facts.Any(static fact => fact is StepUndoing))
        {
            await WakeAsync();
        }
        else if (endedStep is { } turned && (Record.Step(turned) is { State: StepState.Waiting } || CallerWaits(turned)))
        {
            // What it waits for may have come meanwhile.
            await WakeAsync();
        }
        else
        {
            ArmTimer();
        }
    }
}
