namespace Orkestron.Grains.Tests.Common;

/// <summary>What comes about in the background: by timers of grains, which are Orleans' and run on the system's clock.</summary>
internal static class Background
{
    /// <summary>Waits until it has, for 30 seconds at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await reached())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
