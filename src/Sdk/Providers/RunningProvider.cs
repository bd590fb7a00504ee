using Microsoft.Extensions.Logging;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk;

/// <summary>A running provider. Dispose it to shut it down gracefully.</summary>
public sealed class RunningProvider : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ProviderProcess _process;
    private readonly ILoggerFactory? _logging;

    internal RunningProvider(ProviderProcess process, ILoggerFactory? logging)
    {
        (_process, _logging) = (process, logging);
        Completion = process.RunAsync(_stop.Token);
    }

    /// <summary>Completes when the provider has stopped.</summary>
    public Task Completion { get; }

    /// <summary>Steps that are running, or whose result is not acknowledged.</summary>
    public int Running => _process.Running;

    /// <summary>Completes with the first connection; fails when the platform refuses it.</summary>
    internal async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(_process.Ready, Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    /// <summary>Accepts no more steps, lets running ones finish or returns them, and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _process.Dispose();
        _logging?.Dispose();
    }
}
