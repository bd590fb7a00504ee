using Microsoft.Extensions.Logging;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>Sends tasks how their attempts and runs ended, again and again until that is durable.</summary>
internal sealed partial class StepEndSender(
    IGrainFactory grains, TimeProvider clock, AgentOptions options, ILogger logger)
{
    private const int LossTries = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Sends the end of an attempt until it is durable, or the task's deadline has passed.</summary>
    /// <returns>Whether the attempt needs no second run.</returns>
    public async Task<bool> SendAsync(WorkItem work, StepEnd end)
    {
        var delay = FirstDelay;
        while (true)
        {
            try
            {
                return await grains.Get<ITaskStepsGrain>(work.TaskId).EndStepAsync(end);
            }
            catch (Exception fault)
            {
                LogSendFailed(logger, work.TaskId, work.StepId, fault);
                if (clock.GetUtcNow() >= work.Deadline)
                {
                    return false;
                }
            }

            await Task.Delay(delay, clock);
            delay = delay * 2 < options.MaxHandOverDelay ? delay * 2 : options.MaxHandOverDelay;
        }
    }

    /// <summary>Ends an attempt that is not run.</summary>
    public void Fail(WorkItem work, StepFailure failure)
    {
        var now = clock.GetUtcNow();
        SendAsync(work, new StepEnd
        {
            StepId = work.StepId,
            Attempt = work.Attempt,
            Turn = work.Turn,
            StartedAt = now,
            EndedAt = now,
            Failure = failure,
        }).Ignore();
    }

    /// <summary>Reports that a run was lost or given back, a few times at most: the attempt goes on all the same.</summary>
    public async Task ReportLossAsync(WorkItem work, StepLoss loss)
    {
        for (var tries = 0; tries < LossTries; tries++)
        {
            try
            {
                await grains.Get<ITaskStepsGrain>(work.TaskId).LoseRunAsync(loss);
                return;
            }
            catch (Exception fault)
            {
                LogSendFailed(logger, work.TaskId, work.StepId, fault);
            }

            await Task.Delay(options.MaxHandOverDelay, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} did not take the end of step {StepId}; sending again.")]
    private static partial void LogSendFailed(ILogger logger, Guid taskId, int stepId, Exception fault);
}
