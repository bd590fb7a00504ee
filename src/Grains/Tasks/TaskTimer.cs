namespace Orkestron.Grains.Tasks;

/// <summary>One timer for the next thing that is due: a retry, a dispatch again, the deadline, to leave memory.</summary>
internal sealed class TaskTimer(TaskContext context, TaskIdling idling)
{
    private IGrainTimer? _timer;

    /// <summary>What is done when it is due.</summary>
    public Func<Task> OnDueAsync { get; set; } = static () => Task.CompletedTask;

    /// <summary>Sets the timer by the task as it stands.</summary>
    public void Set()
    {
        var now = context.Now;
        var next = now + context.Options.RedispatchPeriod;
        foreach (var step in context.Record.Steps)
        {
            if (step.DueAt is { } at && at > now && at < next)
            {
                next = at;
            }

            if (step.Outstanding && step.DeadlineAt is { } own && own < next)
            {
                next = own;
            }
        }

        var deadline = context.Record.Deadline;
        next = idling.StaysUntil(now) is { } stays && stays > now && stays < next ? stays : next;
        var due = (deadline < next ? deadline : next) - now;
        Set(due < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due);
    }

    /// <summary>After a failure: the usual time.</summary>
    public void SetAgain() => _timer?.Change(context.Options.RedispatchPeriod, Timeout.InfiniteTimeSpan);

    /// <summary>Nothing is due any more but to leave memory, once those that waited have their answer.</summary>
    public void Close()
    {
        _timer?.Dispose();
        _timer = context.Grain.RegisterGrainTimer(
            LeaveAsync, new() { DueTime = context.Options.ClosedAge, Period = Timeout.InfiniteTimeSpan });
    }

    private void Set(TimeSpan due)
    {
        if (_timer is null)
        {
            _timer = context.Grain.RegisterGrainTimer(
                () => OnDueAsync(),
                new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private Task LeaveAsync()
    {
        context.Grain.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
