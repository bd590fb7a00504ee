using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.Silo.Agents;
using Orleans.Runtime;
using Polly;
using Polly.Retry;

namespace Orkestron.Silo.Recovery;

/// <summary>
/// Once the silo is up: publishes its agents, makes open tasks resume, and does so again whenever another silo died. A host
/// counts as started when its agents are published, so that they are found from the first request on.
/// </summary>
internal sealed partial class RecoveryService : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly BuiltInPublisher _publisher;
    private readonly IGrainFactory _grains;
    private readonly IClusterMembershipService _membership;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _untilDone;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecoveryService(
        BuiltInPublisher publisher,
        IGrainFactory grains,
        IClusterMembershipService membership,
        TimeProvider clock,
        ILogger<RecoveryService> logger)
    {
        (_publisher, _grains, _membership, _logger) = (publisher, grains, membership, logger);
        _untilDone = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(Retry()).Build();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Completes with the first attempt: a store or silo that is down must not keep this one from starting.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => _tried.Task.WaitAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilDoneAsync(_publisher.PublishAsync, stoppingToken);
        await UntilDoneAsync(() => _grains.GetGrain<IResumeGrain>(0).StartAsync(), stoppingToken);
        var dead = Dead(_membership.CurrentSnapshot);
        await foreach (var snapshot in _membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var now = Dead(snapshot);
            if (now > dead)
            {
                await UntilDoneAsync(() => _grains.GetGrain<IResumeGrain>(0).SweepAsync(), stoppingToken);
            }

            dead = now;
        }
    }

    private async Task UntilDoneAsync(Func<Task> act, CancellationToken stoppingToken) => await _untilDone.ExecuteAsync(
        async _ =>
        {
            try
            {
                await act();
            }
            finally
            {
                _tried.TrySetResult();
            }
        },
        stoppingToken);

    private RetryStrategyOptions Retry() => new()
    {
        // A refused card is a fault of the build: no retry.
        ShouldHandle = new PredicateBuilder().Handle<Exception>(static fault => fault is not InvalidOperationException),
        MaxRetryAttempts = int.MaxValue,
        Delay = RetryAfter,
        OnRetry = retry =>
        {
            LogFailed(_logger, retry.Outcome.Exception!);
            return default;
        },
    };

    private static int Dead(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Count(static member => member.Status == SiloStatus.Dead);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recovery could not finish; it tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
