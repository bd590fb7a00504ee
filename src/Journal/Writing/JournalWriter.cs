using Microsoft.Extensions.Logging;

namespace Orkestron.Journal.Writing;

/// <summary>
/// The group commit: one loop that writes everything that waits in the queue in one transaction, then answers all callers.
/// While the store is down, requests are refused at once and the loop tries to reconnect, with growing delays.
/// </summary>
internal sealed partial class JournalWriter(
    IJournalStore store, JournalOptions options, TimeProvider clock, ILogger<JournalWriter> logger) : IDisposable
{
    private readonly WriteQueue _queue = new(options);
    private readonly BatchWriter _batches = new(store, options, logger);
    private readonly CancellationTokenSource _stopping = new();
    private volatile Outage? _outage;
    private Task _loop = Task.CompletedTask;

    /// <summary>For tests: runs between the commit and the answers. A fault here is a crash there.</summary>
    internal Func<Task>? AfterCommit
    {
        get => _batches.AfterCommit;
        set => _batches.AfterCommit = value;
    }

    /// <summary>For tests: runs before a batch is written.</summary>
    internal Func<IReadOnlyList<WriteItem>, Task>? BeforeBatch { get; set; }

    public void Start() => _loop = Task.Run(RunAsync);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        if (_outage is not null)
        {
            await _stopping.CancelAsync();
        }

        try
        {
            await _loop.WaitAsync(cancellationToken);
        }
        finally
        {
            await _stopping.CancelAsync();
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Adds a request to the queue before it returns, or fails it.</summary>
    public Task<AppendResult> Send(WriteItem item)
    {
        if (_outage is { } outage)
        {
            item.Fail(outage.ToException());
            return item.Completion;
        }

        if (_queue.TryAdd(item) is { } refusal)
        {
            item.Fail(refusal);
        }

        return item.Completion;
    }

    private async Task RunAsync()
    {
        var batch = new List<WriteItem>();
        while (await _queue.WaitAsync())
        {
            _queue.Take(batch);
            try
            {
                if (BeforeBatch is { } hook)
                {
                    await hook(batch);
                }

                await _batches.WriteAsync(batch);
            }
            catch (Exception fault)
            {
                await OutageAsync(batch, fault);
            }

            foreach (var item in batch)
            {
                _queue.Release(item);
            }

            batch.Clear();
        }
    }

    private async Task OutageAsync(List<WriteItem> batch, Exception fault)
    {
        var wait = options.MinBackoff;
        _outage = new Outage(wait, fault);
        LogDown(logger, fault);
        FailAll(batch);
        var since = clock.GetTimestamp();
        while (!_stopping.IsCancellationRequested)
        {
            FailWaiting();
            if (_queue.IsCompleted)
            {
                return;
            }

            try
            {
                await Task.Delay(wait, clock, _stopping.Token);
                await store.ReconnectAsync(_stopping.Token);
                break;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception again)
            {
                wait = wait * 2 < options.MaxBackoff ? wait * 2 : options.MaxBackoff;
                _outage = new Outage(wait, again);
            }
        }

        FailWaiting();
        _outage = null;
        var elapsed = clock.GetElapsedTime(since);
        LogUp(logger, elapsed);
    }

    private void FailWaiting()
    {
        while (_queue.TryTake(out var item))
        {
            item.Fail(_outage!.ToException());
        }
    }

    private void FailAll(List<WriteItem> batch)
    {
        foreach (var item in batch)
        {
            item.Fail(_outage!.ToException());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal's store is down: writes are refused until it is back.")]
    private static partial void LogDown(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The journal's store is back after {Elapsed}.")]
    private static partial void LogUp(ILogger logger, TimeSpan elapsed);

    private sealed record Outage(TimeSpan Wait, Exception Fault)
    {
        public JournalUnavailableException ToException() =>
            new("The journal's store is down. Send the write again later, with the same id.", Wait, Fault);
    }
}
