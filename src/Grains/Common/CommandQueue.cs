namespace Orkestron.Grains.Common;

/// <summary>
/// Runs commands of a reentrant grain one after the other, in the order in which they came, while its other calls go on.
/// Used from the grain's scheduler only.
/// </summary>
/// <param name="maxCommands">How many commands may run and wait.</param>
/// <param name="maxBytes">How large they may be together. One alone may be larger.</param>
internal sealed class CommandQueue(int maxCommands, long maxBytes)
{
    private Task _last = Task.CompletedTask;
    private long _bytes;

    /// <summary>How many commands run or wait.</summary>
    public int Count { get; private set; }

    public bool HasRoom(long bytes) => Count == 0 || (Count < maxCommands && _bytes + bytes <= maxBytes);

    /// <summary>Runs a command when those before it are through, whether they succeeded or not.</summary>
    /// <param name="bytes">What it keeps in memory until then, about.</param>
    /// <param name="command">What to do.</param>
    public async Task<T> RunAsync<T>(long bytes, Func<Task<T>> command)
    {
        var before = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_last, Count, _bytes) = (done.Task, Count + 1, _bytes + bytes);
        try
        {
            await before;
            return await command();
        }
        finally
        {
            (Count, _bytes) = (Count - 1, _bytes - bytes);
            done.SetResult();
        }
    }
}
