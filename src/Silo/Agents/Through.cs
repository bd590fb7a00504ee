using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>Calls of tasks' grains that are made again until they get through.</summary>
internal static class Through
{
    private const int MaxFaults = 5;
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Sends again while the task's silo is lost or its store is down. What is sent must be done once however often it is.
    /// </summary>
    /// <exception cref="AgentFailedException">What is sent is at fault: to send it again does not help.</exception>
    public static async Task<T> SendAsync<T>(Func<Task<T>> send, TimeProvider clock, CancellationToken cancellationToken)
    {
        var pause = MinPause;
        var faults = 0;
        while (true)
        {
            try
            {
                return await send().WaitAsync(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                if (IsOfContent(fault) && ++faults >= MaxFaults)
                {
                    throw new AgentFailedException("The platform could not read what the agent asks for.", fault) { Code = "value_invalid" };
                }

                await Task.Delay(pause, clock, cancellationToken);
                pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
            }
        }
    }

    /// <summary>Whether a fault lies in what was sent, rather than in a silo or its store.</summary>
    public static bool IsOfContent(Exception fault) =>
        fault is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException;
}
