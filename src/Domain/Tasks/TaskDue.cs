namespace Orkestron.Domain.Tasks;

/// <summary>When a task that nobody works on goes on by itself. Pure.</summary>
internal static class TaskDue
{
    /// <summary>The end of the first wait, or the first time limit: until then only what comes from outside brings it on.</summary>
    /// <param name="task">The task.</param>
    /// <param name="now">The time.</param>
    /// <param name="isAway">Whether a step waits for a provider that is away; null for none.</param>
    /// <returns>Null while an agent works on it or is to, and when it has ended.</returns>
    public static DateTimeOffset? Of(TaskRecord task, DateTimeOffset now, Func<StepRecord, bool>? isAway = null)
    {
        if (!task.Exists || task.Ended)
        {
            return null;
        }

        var due = task.Deadline;
        foreach (var step in task.Steps)
        {
            if (!step.Outstanding)
            {
                continue;
            }

            if (step.IsDue(now) && isAway?.Invoke(step) != true)
            {
                return null;
            }

            due = step.DueAt is { } at && at > now && at < due ? at : due;
            due = step.DeadlineAt is { } own && own < due ? own : due;
        }

        return due;
    }
}
