using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Orkestron.Agents.Isolation;

/// <summary>Starts the first child process a little after the node is up, so that its start is no slower.</summary>
internal sealed class WarmUp(
    WorkerPool pool, IOptions<IsolationOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(TimeSpan.FromSeconds(options.Value.WarmAfterSeconds), clock, stoppingToken);
        await pool.WarmAsync();
    }
}
