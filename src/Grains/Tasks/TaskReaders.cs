using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Who follows a task. Agents report places in their queues only while somebody does.</summary>
internal sealed class TaskReaders(TaskContext context)
{
    private int _waiting;
    private int _watchers;
    private DateTimeOffset _readUntil;

    /// <summary>Until when somebody watches, or may ask again: past when nobody does.</summary>
    public DateTimeOffset WatchedUntil => _watchers > 0 ? DateTimeOffset.MaxValue : _readUntil;

    /// <summary>Whether nobody has asked for the task lately, and nobody waits for its end.</summary>
    public bool IsAlone(DateTimeOffset now) => _waiting == 0 && _watchers == 0 && WatchedUntil <= now;

    /// <summary>Waits until the task is settled, at most so long.</summary>
    public async Task WaitForEndAsync(TimeSpan atMost)
    {
        _waiting++;
        await context.Closed
            .WaitAsync(atMost < context.Options.MaxWait ? atMost : context.Options.MaxWait, context.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _waiting--;
    }

    /// <summary>Somebody has asked for the task and may ask again: it counts as watched for a while.</summary>
    public void Renew()
    {
        var now = context.Now;
        if (_watchers == 0 && !context.Record.Ended && _readUntil < now + (context.Options.ReaderPeriod / 2))
        {
            _readUntil = now + context.Options.ReaderPeriod;
            NotifyAgents();
        }
    }

    public void BeginWatch()
    {
        if (++_watchers == 1)
        {
            NotifyAgents();
        }
    }

    public void EndWatch()
    {
        if (--_watchers == 0)
        {
            NotifyAgents();
        }
    }

    /// <summary>Says to the agent of a step that waits in its queue until when the task is watched.</summary>
    public void NotifyAgent(StepRecord step)
    {
        if (step is { Outstanding: true, State: not StepState.Waiting } && context.Live.Of(step.Id)?.StartedAt is null)
        {
            context.Agent(step.Request.Agent).WatchStepAsync(context.Id, step.Id, WatchedUntil).Ignore();
        }
    }

    private void NotifyAgents()
    {
        if (!context.Record.Ended)
        {
            foreach (var step in context.Record.Steps)
            {
                NotifyAgent(step);
            }
        }
    }
}
