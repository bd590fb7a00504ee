using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

// Keeps some processes ready for calls to come.
internal sealed partial class WorkerPool
{
    private int _warming;

    /// <summary>Starts a process and warms it up, when fewer are idle than are to be kept ready.</summary>
    public Task WarmAsync() => FillAsync(warm: true);

    private async Task FillAsync(bool warm, int beside = 0)
    {
        lock (_lock)
        {
            if (_disposed || _idle.Count + _warming >= _options.WarmProcesses + beside || _all.Count >= _options.MaxProcesses)
            {
                return;
            }

            _warming++;
        }

        try
        {
            var worker = Start();
            try
            {
                await worker.Ready.WaitAsync(TimeSpan.FromSeconds(_options.StartSeconds), _clock);
                if (warm)
                {
                    await _calls.RunAsync(worker, CancellationToken.None);
                }
            }
            finally
            {
                if (!Keep(worker))
                {
                    Drop(worker);
                }
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or TimeoutException or AgentFailedException or AgentRefusedException)
        {
            LogNotStarted(_logger, fault);
        }
        finally
        {
            lock (_lock)
            {
                _warming--;
            }
        }
    }
}
