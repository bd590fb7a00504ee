namespace Orkestron.Grains.Common;

/// <summary>
/// Runs commands of a reentrant grain one after the other, in the order in which they came, while its other calls go on.
/// Used from the grain's scheduler only.
/// </summary>
internal sealed class CommandQueue
{
    private Task _last = Task.CompletedTask;

    /// <summary>How many commands run or wait.</summary>
    public int Count { get; private set; }

    public async Task<T> RunAsync<T>(Func<Task<T>> command)
    {
        var before = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = done.Task;
        Count++;
        try
        {
            await before;
            return await command();
        }
        finally
        {
            Count--;
            done.SetResult();
        }
    }
}
