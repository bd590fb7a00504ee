using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>What agents report of the runs that they do for a task: begin, progress, loss and end.</summary>
internal sealed class TaskRuns(
    TaskContext context,
    TaskIdling idling,
    TaskReaders readers,
    TaskTimer timer,
    TaskDispatcher dispatcher,
    TaskFlush flush,
    TaskValues values,
    PendingCalls pending,
    TaskProgress progress)
{
    /// <summary>Records how an attempt ended; whether its agent may forget the run.</summary>
    public async Task<bool> EndAsync(StepEnd end)
    {
        if (RunRules.SawLostAnswers(context.Record, end, context.Activation) || values.Take(end) is not { } taken)
        {
            RunAgainAsync(end).Ignore();
            await context.Log.DurableAsync();
            return false;
        }

        if (!await TryEndAsync(taken))
        {
            // Already recorded, or of no interest any more; what was recorded must be durable before the agent forgets it.
            await context.Log.DurableAsync();
            return context.Record.Ended || context.Record.Step(end.StepId) is not null;
        }

        return true;
    }

    /// <summary>Records how an attempt ended, if it still runs; completes when that is durable.</summary>
    public async Task<bool> TryEndAsync(StepEnd end)
    {
        var facts = WithOutput(StepEndRules.EndStep(context.Record, end, context.Now, context.Options), end.StepId);
        if (facts.Count == 0)
        {
            return false;
        }

        await (StaysInside(facts, context.Record.Step(end.StepId)!)
            ? EndInsideAsync(facts, end.StepId)
            : progress.EndAsync(facts, end.StepId));
        return true;
    }

    /// <summary>An agent reports how far a run is.</summary>
    public void Report(StepReport report)
    {
        if (context.Record.Ended || context.Record.Step(report.StepId) is not { Outstanding: true } step || step.Attempt != report.Attempt
            // Of the wait before the run that has ended to wait for something else.
            || (step.State == StepState.Waiting && report.StartedAt is null && !step.IsDue(context.Now)))
        {
            return;
        }

        var facts = WithOutput(RunRules.Begin(step, report, context.Options), step.Id);
        if (facts.Count > 0)
        {
            // Not awaited: the step's end will say the same again. A failed append drops the activation.
            context.Log.AppendAsync(facts, task => idling.RowOf(task, listed: step.Id == 1)).ContinueWith(
                appended => context.Live.Ring(), TaskScheduler.Current).Ignore();
        }

        idling.Report(step.Id, report.Away);
        context.Live.Report(report, context.Record.Step(report.StepId)!.Number);
    }

    /// <summary>Records that a run was lost with its worker, or given back: the attempt runs once more.</summary>
    public async Task LoseAsync(StepLoss loss)
    {
        var lost = RunRules.Lose(
            context.Record.Step(loss.StepId), loss, context.Live.Of(loss.StepId)?.StartedAt, context.Options);
        var facts = WithOutput(lost, loss.StepId);
        if (context.Record.Ended || facts.Count == 0)
        {
            await context.Log.DurableAsync();
            return;
        }

        // The output of a run that was lost is no part of the next one's.
        context.Live.Forget(loss.StepId, loss.StartedAt);
        await context.AppendAsync(facts, task => idling.RowOf(task, listed: false));
        if (readers.WatchedUntil > context.Now && context.Record.Step(loss.StepId) is { } waits)
        {
            readers.NotifyAgent(waits);
        }
    }

    /// <summary>Whether an attempt is still to be done, once the ends that are being written are durable.</summary>
    public async Task<bool> WantsAsync(int stepId, int attempt, int turn)
    {
        await context.Log.DurableAsync();
        return !context.Record.Ended
            && context.Record.Step(stepId) is { Outstanding: true } step && step.Attempt == attempt && step.Turn == turn;
    }

    // What an attempt had written is only in memory here, and forgotten with its end.
    private IReadOnlyList<TaskEvent> WithOutput(IReadOnlyList<TaskEvent> facts, int stepId) =>
        OutputRules.Keep(context.Record, facts, context.Live, stepId, context.Options);

    /// <summary>Gives a step to its agent once more, which has forgotten the run by then.</summary>
    private async Task RunAgainAsync(StepEnd end)
    {
        await Task.Delay(context.Options.RetryDelay / 10, context.Clock);
        if (!context.Record.Ended && context.Record.Step(end.StepId) is { Outstanding: true } step
            && step.IsAt(end.Attempt) && step.Turn == end.Turn)
        {
            dispatcher.Send(step, again: true);
        }
    }

    /// <summary>
    /// Whether only agents inside the platform learn that a call has ended: the caller may go on before that is durable.
    /// Lost with a crash, both the call and what the caller made of it are done again, and nothing was paid.
    /// </summary>
    private bool StaysInside(IReadOnlyList<TaskEvent> facts, StepRecord step) =>
        facts is [StepCompleted] && step.Request.KeepsInside && CallRules.IsCalledInside(context.Record, step);

    private async Task EndInsideAsync(IReadOnlyList<TaskEvent> facts, int stepId)
    {
        foreach (var fact in facts)
        {
            context.Log.Stage(fact);
        }

        // The agent forgets the run once it is durable: with what the caller does next, or after a moment.
        var durable = flush.SoonAsync();
        pending.Complete();
        context.Live.Forget(stepId);
        context.Live.Ring();
        if (progress.CallerWaits(stepId))
        {
            await durable;
            await progress.WakeAsync();
            return;
        }

        timer.Set();
        await durable;
    }
}
