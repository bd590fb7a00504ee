namespace Orkestron.Grains.Tasks;

/// <summary>Makes durable what was staged: what ends soon shares one commit with what follows.</summary>
internal sealed class TaskFlush(TaskContext context)
{
    private Task? _running;

    /// <summary>Completes when all that is staged by now is durable, after a moment at the latest.</summary>
    public Task SoonAsync()
    {
        return _running ??= AfterAMomentAsync();

        async Task AfterAMomentAsync()
        {
            await Task.Delay(context.Options.CallRecordDelay, context.Clock);
            _running = null;
            await context.Log.DurableAsync();
        }
    }
}
