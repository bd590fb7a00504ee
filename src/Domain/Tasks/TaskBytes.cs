
namespace Orkestron.Domain.Tasks;

/// <summary>How much a task has recorded: inputs, answers, messages, questions and values together. Pure.</summary>
internal static class TaskBytes
{
    public const string Code = "task_too_large";

    /// <summary>The task with what an event recorded counted.</summary>
    public static TaskRecord Count(TaskRecord task, Recorded<TaskEvent> recorded) =>
        recorded.Event.Content is { } content ? task with { Bytes = task.Bytes + content.Length } : task;

    /// <summary>Why so much more may not be recorded; null when it may.</summary>
    /// <param name="task">The task.</param>
    /// <param name="more">What is to be recorded, in bytes.</param>
    /// <param name="options">The limits.</param>
    /// <param name="undoes">Whether it is recorded to undo something: whatever a task has done can be undone, so that much more.</param>
    public static StepFailure? Refuse(TaskRecord task, int more, TaskOptions options, bool undoes = false) =>
        task.Bytes + more <= (undoes ? 2 : 1) * options.MaxTaskBytes
            ? null
            : StepFailures.Of(
                Code,
                $"A task records at most {options.MaxTaskBytes:N0} bytes of inputs, answers and messages; this would make {task.Bytes + more:N0}. "
                + "Hand large content over as files.");
}
