using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;

namespace Orkestron.Silo.Faults;

/// <summary>Calls of tasks' grains that are sent again until they get through, or cannot.</summary>
public sealed partial class GrainRetry(TimeProvider clock, IOptions<GrainRetryOptions> options, ILogger<GrainRetry> logger)
{
    /// <summary>The code of a step that failed because the platform met the same fault each time.</summary>
    public const string PlatformFault = "platform_fault";

    private readonly LogRate _passing = new(clock, options.Value.LogPeriod);
    private readonly LogRate _lasting = new(clock, options.Value.LogPeriod);

    /// <summary>
    /// Sends again while the task's silo is lost or its store is down, however long that takes; a fault of another kind is met
    /// <see cref="GrainRetryOptions.MaxFaults"/> times. What is sent must be done once however often it is.
    /// </summary>
    /// <exception cref="AgentFailedException">
    /// To send it again does not help: <c>value_invalid</c> when what is sent is at fault, otherwise <c>platform_fault</c>.
    /// </exception>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(send);
        var pause = options.Value.FirstPause;
        var faults = 0;
        while (true)
        {
            try
            {
                return await send().WaitAsync(cancellationToken);
            }
            catch (Exception fault)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (GrainFaults.MayPass(fault))
                {
                    Note(fault);
                }
                else if (++faults >= options.Value.MaxFaults)
                {
                    throw Failed(fault);
                }

                await Task.Delay(pause, clock, cancellationToken);
                pause = pause * 2 < options.Value.MaxPause ? pause * 2 : options.Value.MaxPause;
            }
        }
    }

    private void Note(Exception fault)
    {
        if (_passing.Take(out var kept))
        {
            LogAgain(logger, kept, fault);
        }
    }

    private AgentFailedException Failed(Exception fault)
    {
        if (_lasting.Take(out var kept))
        {
            LogGivenUp(logger, options.Value.MaxFaults, kept, fault);
        }

        return GrainFaults.IsOfContent(fault)
            ? new AgentFailedException("The platform could not read what the agent asks for.", fault) { Code = "value_invalid" }
            : new AgentFailedException(
                $"The platform met a fault ({fault.GetType().Name}) each time it did what the agent asks for. Nothing is charged; tell its operator.",
                fault)
            { Code = PlatformFault };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a step asks of its task met a fault that may pass and is sent again ({Kept} more since the last line).")]
    private static partial void LogAgain(ILogger logger, int kept, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a step asks of its task met a fault {Tries} times and was given up ({Kept} more since the last line).")]
    private static partial void LogGivenUp(ILogger logger, int tries, int kept, Exception fault);
}
