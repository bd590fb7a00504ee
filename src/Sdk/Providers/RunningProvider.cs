using Microsoft.Extensions.Logging;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk;

/// <summary>A provider that serves beside other work of its process. Dispose it to end in order.</summary>
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

    /// <summary>Completes when it has ended.</summary>
    public Task Completion { get; }

    /// <summary>Steps that run here now, or wait for the platform to take their answer.</summary>
    public int Running => _process.Running;

    /// <summary>Completes when it is connected for the first time; fails when it is refused.</summary>
    internal async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(_process.Ready, Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    /// <summary>Takes no more, lets what runs end or hands it back, and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _process.Dispose();
        _logging?.Dispose();
    }
}
