using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orkestron.Journal.Writing;

/// <summary>
/// The group commit: a bounded queue and one loop that writes whatever waits in one transaction, then answers everyone.
/// While the store is down, requests are refused at once and the loop tries to reach it again, ever more slowly.
/// </summary>
internal sealed partial class JournalWriter(
    IJournalStore store, JournalOptions options, TimeProvider clock, ILogger<JournalWriter> logger) : IDisposable
{
    private const int Attempts = 5;
    private readonly Channel<WriteItem> _queue = Channel.CreateUnbounded<WriteItem>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private long _queuedRows;
    private long _queuedBytes;
    private volatile Outage? _outage;
    private Task _loop = Task.CompletedTask;

    /// <summary>For tests: runs between the commit and the answers. A fault here is a crash there.</summary>
    internal Func<Task>? AfterCommit { get; set; }

    /// <summary>For tests: runs before a batch is written.</summary>
    internal Func<IReadOnlyList<WriteItem>, Task>? BeforeBatch { get; set; }

    public void Start() => _loop = Task.Run(RunAsync);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
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

    /// <summary>Takes a place in the queue before it returns, or is refused with a fault.</summary>
    public Task<AppendResult> Send(WriteItem item)
    {
        if (_outage is { } outage)
        {
            item.Fail(outage.ToException());
            return item.Completion;
        }

        var rows = Interlocked.Add(ref _queuedRows, item.Rows);
        var bytes = Interlocked.Add(ref _queuedBytes, item.Bytes);
        // A request larger than the whole queue still passes when nothing else waits.
        var full = (rows > options.MaxQueuedRows && rows > item.Rows) || (bytes > options.MaxQueuedBytes && bytes > item.Bytes);
        if (full || !_queue.Writer.TryWrite(item))
        {
            Release(item);
            item.Fail(new JournalUnavailableException(
                full ? "The journal's queue is full." : "The journal is not taking writes: it is stopping.",
                TimeSpan.FromSeconds(1),
                null));
        }

        return item.Completion;
    }

    private async Task RunAsync()
    {
        var batch = new List<WriteItem>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            Fill(batch);
            try
            {
                if (BeforeBatch is { } hook)
                {
                    await hook(batch);
                }

                await WriteAsync(batch);
            }
            catch (Exception fault)
            {
                await OutageAsync(batch, fault);
            }

            foreach (var item in batch)
            {
                Release(item);
            }

            batch.Clear();
        }
    }

    private void Fill(List<WriteItem> batch)
    {
        long rows = 0;
        long bytes = 0;
        while (_queue.Reader.TryPeek(out var next))
        {
            var fits = rows + next.Rows <= options.MaxBatchRows && bytes + next.Bytes <= options.MaxBatchBytes;
            if (batch.Count > 0 && (!fits || next is DeleteStreamItem))
            {
                return;
            }

            _queue.Reader.TryRead(out _);
            batch.Add(next);
            rows += next.Rows;
            bytes += next.Bytes;
            if (next is DeleteStreamItem)
            {
                return;
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<WriteItem> items)
    {
        var broken = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                // Trust the callers first; after any refusal or fault ask the store what it holds.
                var known = attempt == 0 ? null : await store.ReadHeadsAsync(items);
                if (BatchPlanner.Plan(items, known) is not { } plan || !(plan.IsEmpty || await store.CommitAsync(plan)))
                {
                    continue;
                }

                if (AfterCommit is { } hook)
                {
                    await hook();
                }

                Acknowledge(items);
                return;
            }
            catch (Exception fault) when (store.IsDown(fault))
            {
                // A connection that died while idle is mended at once. The commit may have happened: the store is asked.
                if (broken)
                {
                    throw;
                }

                broken = true;
                LogBroken(logger, fault);
            }
            catch (Exception fault)
            {
                await SplitAsync(items, fault);
                return;
            }
        }

        await SplitAsync(items, new JournalUnavailableException(
            "Other processes keep writing the same streams.", options.MinBackoff, null));
    }

    // A request that the store cannot write, for a reason nobody foresaw, is found by halving; the others are written.
    private async Task SplitAsync(IReadOnlyList<WriteItem> items, Exception fault)
    {
        if (items.Count == 1)
        {
            LogRejected(logger, fault);
            items[0].Fail(fault);
            return;
        }

        var half = items.Count / 2;
        await WriteAsync([.. items.Take(half)]);
        await WriteAsync([.. items.Skip(half)]);
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
            if (_queue.Reader.Completion.IsCompleted)
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
        while (_queue.Reader.TryRead(out var item))
        {
            Release(item);
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

    private static void Acknowledge(IReadOnlyList<WriteItem> items)
    {
        foreach (var item in items)
        {
            item.Acknowledge();
        }
    }

    private void Release(WriteItem item)
    {
        Interlocked.Add(ref _queuedRows, -item.Rows);
        Interlocked.Add(ref _queuedBytes, -item.Bytes);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal's store broke off; trying once more.")]
    private static partial void LogBroken(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal's store is down: writes are refused until it is back.")]
    private static partial void LogDown(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The journal's store is back after {Elapsed}.")]
    private static partial void LogUp(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal's store rejected a write.")]
    private static partial void LogRejected(ILogger logger, Exception fault);

    private sealed record Outage(TimeSpan Wait, Exception Fault)
    {
        public JournalUnavailableException ToException() =>
            new("The journal's store is down. Send the write again later, with the same id.", Wait, Fault);
    }
}
