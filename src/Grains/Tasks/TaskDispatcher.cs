using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orleans.Streams;

namespace Orkestron.Grains.Tasks;

/// <summary>Hands steps to their agents, on the agents' work streams.</summary>
internal sealed partial class TaskDispatcher(TaskContext context, TaskReaders readers)
{
    /// <summary>Sends a step to its agent. A lost message is made good by the timer, a repeated one is recognised.</summary>
    /// <param name="step">The step.</param>
    /// <param name="again">Whether its attempt may have been sent before.</param>
    public void Send(StepRecord step, bool again = false)
    {
        var task = context.Record;
        if ((step.Id == 1 ? task.Input : step.Request.Content) is not { } input)
        {
            return;
        }

        var work = new WorkItem(
            context.Id, step.Id, step.Attempt, step.Request.Agent, step.Request.AgentVersion, input, task.WorkDeadline(context.Now))
        {
            Turn = step.Turn,
            RequestedAt = step.RequestedAt,
            Undoing = step.IsUndoing,
            Again = again,
            OwnerId = task.Submission!.UserId,
            DueAt = step.WaitsSince,
            WatchedUntil = readers.WatchedUntil,
            Fresh = !again && task.Continues is null
                && step is { Attempt: 1, Turn: 0, History.IsEmpty: true, Request.UndoOf: null, IsUndoing: false },
        };
        var stream = context.Grain.GetStreamProvider(WorkStream.Provider)
            .GetStream<WorkItem>(StreamId.Create(WorkStream.Namespace, step.Request.Agent));
        stream.OnNextAsync(work).ContinueWith(
            sent => LogDispatchFailed(context.Logger, context.Id, step.Id, sent.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Current).Ignore();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {StepId} of task {TaskId} was not dispatched; it will be again.")]
    private static partial void LogDispatchFailed(ILogger logger, Guid taskId, int stepId, Exception fault);
}
