using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestron.Journal;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Postgres;

namespace Orkestron.Silo.Storage;

/// <summary>Opens the stores before the silo starts, and closes them after it stopped.</summary>
internal sealed partial class JournalService(IJournal journal, SiloSettings settings, ILogger<JournalService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(settings.DataFolder) && PrivateFiles.Protect(settings.DataFolder) is > 0 and var repaired)
        {
            LogRepaired(logger, repaired, settings.DataFolder);
        }

        if (settings.ConnectionString is { } postgres)
        {
            await OrleansSchema.MigrateAsync(postgres, cancellationToken);
        }

        await journal.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped at once: what was not written was not acknowledged either.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Other accounts of this machine could read what is in {Folder} (files and folders: {Count}). Now only the owner can.")]
    private static partial void LogRepaired(ILogger logger, int count, string folder);
}
