using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.Silo.Agents;
using Orleans.Runtime;

namespace Orkestron.Silo.Recovery;

/// <summary>
/// Once the silo is up: publishes its agents, makes open tasks resume, and does so again whenever another silo died. A host
/// counts as started when its agents are published, so that nobody is told that there is no such agent.
/// </summary>
internal sealed partial class RecoveryService(
    BuiltInPublisher publisher,
    IGrainFactory grains,
    IClusterMembershipService membership,
    TimeProvider clock,
    ILogger<RecoveryService> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends with the first try: a store or a silo that is away must not keep this one from starting.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => _tried.Task.WaitAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilDoneAsync(publisher.PublishAsync, stoppingToken);
        await UntilDoneAsync(() => grains.GetGrain<IResumeGrain>(0).StartAsync(), stoppingToken);
        var dead = Dead(membership.CurrentSnapshot);
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var now = Dead(snapshot);
            if (now > dead)
            {
                await UntilDoneAsync(() => grains.GetGrain<IResumeGrain>(0).SweepAsync(), stoppingToken);
            }

            dead = now;
        }
    }

    private async Task UntilDoneAsync(Func<Task> act, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception fault) when (fault is not InvalidOperationException)
            {
                LogFailed(logger, fault);
            }
            finally
            {
                _tried.TrySetResult();
            }

            await Task.Delay(RetryAfter, clock, stoppingToken);
        }
    }

    private static int Dead(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Count(static member => member.Status == SiloStatus.Dead);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recovery could not finish; it tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
