using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

// Keeps some processes ready for calls to come.
internal sealed partial class WorkerPool
{
    private readonly List<TaskCompletionSource> _warming = [];

    /// <summary>
    /// Starts a process and warms it up, when fewer are idle than are to be kept ready. Completes when no process is being warmed up.
    /// </summary>
    public async Task WarmAsync()
    {
        await FillAsync(warm: true);
        Task[] others;
        lock (_lock)
        {
            others = [.. _warming.Select(static each => each.Task)];
        }

        await Task.WhenAll(others);
    }

    private async Task FillAsync(bool warm, int beside = 0)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_disposed || _idle.Count + _warming.Count >= _options.WarmProcesses + beside || _all.Count >= _options.MaxProcesses)
            {
                return;
            }

            _warming.Add(done);
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
        catch (Exception fault) when (
            fault is InvalidOperationException or TimeoutException or AgentFailedException or AgentRefusedException)
        {
            LogNotStarted(_logger, fault);
        }
        finally
        {
            lock (_lock)
            {
                _warming.Remove(done);
            }

            done.SetResult();
        }
    }
}
