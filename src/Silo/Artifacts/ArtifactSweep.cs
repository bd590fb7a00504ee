using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Artifacts;

namespace Orkestron.Silo.Artifacts;

/// <summary>Periodically deletes remains of interrupted uploads. Every silo may do so at the same time.</summary>
internal sealed partial class ArtifactSweep(
    ArtifactFiles files, TimeProvider clock, IOptions<ArtifactOptions> options, ILogger<ArtifactSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepPeriod, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await files.SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interrupted uploads could not be swept; the next turn tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
