using Microsoft.Extensions.Options;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// Looks at busy child processes and ends those that use more than they may. On a thread of its own: the thread pool may
/// be busy just when this matters.
/// </summary>
internal sealed class WorkerWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Worker> _busy = [];
    private readonly ManualResetEvent _any = new(false);
    private readonly ManualResetEvent _ended = new(false);
    private readonly TimeSpan _period;
    private bool _started;

    public WorkerWatch(IOptions<IsolationOptions> options) =>
        _period = TimeSpan.FromMilliseconds(options.Value.WatchMilliseconds);

    public void Add(Worker worker)
    {
        lock (_lock)
        {
            _busy.Add(worker);
            _any.Set();
            if (!_started)
            {
                _started = true;
                new Thread(Run) { IsBackground = true, Name = "worker watch", Priority = ThreadPriority.AboveNormal }.Start();
            }
        }
    }

    public void Remove(Worker worker)
    {
        lock (_lock)
        {
            _busy.Remove(worker);
            if (_busy.Count == 0)
            {
                _any.Reset();
            }
        }
    }

    public void Dispose() => _ended.Set();

    private void Run()
    {
        WaitHandle[] begins = [_ended, _any];
        while (WaitHandle.WaitAny(begins) != 0 && !_ended.WaitOne(_period))
        {
            Worker[] busy;
            lock (_lock)
            {
                busy = [.. _busy];
            }

            foreach (var worker in busy)
            {
                worker.Check();
            }
        }
    }
}
