using Microsoft.Extensions.Logging;
using Orkestron.Domain;

namespace Orkestron.Grains.Tasks;

internal sealed partial class TaskGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} lost its stream and will be read again.")]
    private static partial void LogBroken(ILogger logger, Guid taskId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {StepId} of task {TaskId} was not dispatched; it will be again.")]
    private static partial void LogDispatchFailed(ILogger logger, Guid taskId, int stepId, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} could not resume; it will try again.")]
    private static partial void LogResumeFailed(ILogger logger, Guid taskId, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} is not settled yet; it will try again.")]
    private static partial void LogSettlementFailed(ILogger logger, Guid taskId, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The wallet refused to settle task {TaskId}: {Code}.")]
    private static partial void LogSettlementRefused(ILogger logger, Guid taskId, RefusalCode code);
}
