using Microsoft.Extensions.Hosting;
using Orkestron.Journal;
using Orkestron.Silo.Postgres;

namespace Orkestron.Silo.Hosting;

/// <summary>Opens the stores before the silo starts, and closes them after it stopped.</summary>
internal sealed class JournalService(IJournal journal, SiloSettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
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
            // Told to stop at once: what was not written was not acknowledged either.
        }
    }
}
