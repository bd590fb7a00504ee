using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Workers;

/// <summary>
/// Wakes the tasks that left memory to wait for a process of the provider. That also fills the queue again after the loss of an
/// activation.
/// </summary>
internal sealed partial class WaitingTasks(
    Activation activation,
    WorkerPresence presence,
    IGrainFactory grains,
    TimeProvider clock,
    AgentOptions options,
    ILogger logger)
{
    /// <summary>Wakes them; tries again while a process is connected.</summary>
    public async Task WakeAsync()
    {
        while (!presence.WasAway && !activation.IsEnding)
        {
            try
            {
                await grains.GetGrain<IResumeGrain>(0).ResumeWaitingAsync(activation.Key);
                return;
            }
            catch (Exception fault)
            {
                LogWakeFailed(logger, activation.Key, fault);
            }

            await Task.Delay(options.MaxHandOverDelay, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tasks that wait for {Agent} could not be woken; it is tried again.")]
    private static partial void LogWakeFailed(ILogger logger, string agent, Exception fault);
}
