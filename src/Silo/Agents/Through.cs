namespace Orkestron.Silo.Agents;

/// <summary>Calls of tasks' grains that are made again until they get through.</summary>
internal static class Through
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Sends again while the task's silo is lost or its store is down. What is sent must be done once however often it is.
    /// </summary>
    public static async Task<T> SendAsync<T>(Func<Task<T>> send, TimeProvider clock, CancellationToken cancellationToken)
    {
        var pause = MinPause;
        while (true)
        {
            try
            {
                return await send().WaitAsync(cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(pause, clock, cancellationToken);
                pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
            }
        }
    }
}
