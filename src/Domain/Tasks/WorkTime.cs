
namespace Orkestron.Domain.Tasks;

/// <summary>Counts how long a task works, without what it waits for its owner or until a time. Pure.</summary>
internal static class WorkTime
{
    /// <summary>The task after an event, its clock started or stopped.</summary>
    public static TaskRecord Count(TaskRecord task, Recorded<TaskEvent> recorded)
    {
        if (recorded.Event is TaskSubmitted)
        {
            return task with { WorkingSince = recorded.At };
        }

        if (task.Submission?.WorkTime is null || !(task.HasWaited || recorded.Event is StepSuspended))
        {
            return task;
        }

        return (Works(task), task.WorkingSince) switch
        {
            (true, null) => task with { WorkingSince = recorded.At },
            (false, { } since) => task with
            {
                WorkingSince = null,
                Worked = task.Worked + (recorded.At > since ? recorded.At - since : TimeSpan.Zero),
                HasWaited = true,
            },
            _ => task,
        };
    }

    /// <summary>Whether an agent is at work, or is to be: one that waits for its calls is, when one of them is.</summary>
    public static bool Works(TaskRecord task) => !task.Ended && task.Counts.AtWork > 0;
}
