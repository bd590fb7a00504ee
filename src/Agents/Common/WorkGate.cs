using Microsoft.Extensions.Options;

namespace Orkestron.Agents.Common;

/// <summary>
/// Limits how many runs use the processor at once, so that agents do not starve the grains of the same process.
/// </summary>
internal sealed class WorkGate(IOptions<AgentsOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.MaxParallelWork);

    /// <summary>Waits until a run may begin, then works on the thread pool.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
