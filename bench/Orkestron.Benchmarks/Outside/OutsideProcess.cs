using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Outside;

/// <summary>A child process that is a provider's: <see cref="OutsideAgents"/>.</summary>
internal sealed class OutsideProcess : IAsyncDisposable
{
    private readonly Process _process;

    private OutsideProcess(Process process) => _process = process;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Processor time used until now, of all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<OutsideProcess> StartAsync(Uri address, string key, string provider)
    {
        var process = new OutsideProcess(BenchProgram.Start("provider-process", address.ToString(), key, provider));
        var line = await process._process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return line?.StartsWith("ready", StringComparison.Ordinal) == true
            ? process
            : throw new InvalidOperationException("The provider's process does not serve.");
    }

    public async ValueTask DisposeAsync()
    {
        await BenchProgram.EndAsync(_process).ConfigureAwait(false);
    }
}
