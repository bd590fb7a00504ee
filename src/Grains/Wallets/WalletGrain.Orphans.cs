using Microsoft.Extensions.Logging;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Wallets;

internal sealed partial class WalletGrain
{
    /// <summary>
    /// Releases holds whose tasks do not know them: a crash fell between the hold and the submission. See ADR 2.
    /// </summary>
    private async Task ReleaseOrphansAsync(CancellationToken cancellationToken)
    {
        if (_sweeping)
        {
            return;
        }

        _sweeping = true;
        try
        {
            var before = _clock.GetUtcNow() - _options.OrphanAge;
            foreach (var some in _log.State.Holds.Where(hold => hold.Value.At <= before).Chunk(_options.MaxAsked))
            {
                await Task.WhenAll(some.Select(hold => ReleaseIfOrphanAsync(hold.Key, hold.Value)));
            }
        }
        finally
        {
            _sweeping = false;
        }
    }

    private async Task ReleaseIfOrphanAsync(Guid holdId, OpenHold hold)
    {
        try
        {
            if (!await GrainFactory.GetGrain<ITaskStepsGrain>(hold.TaskId).OwnsHoldAsync(holdId))
            {
                await SettleAsync(new SettleHold(holdId, [], "orphaned"));
            }
        }
        catch (Exception fault)
        {
            LogNotAsked(_logger, hold.TaskId, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} could not be asked about its hold; asked again later.")]
    private static partial void LogNotAsked(ILogger logger, Guid taskId, Exception fault);
}
