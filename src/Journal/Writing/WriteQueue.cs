using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Orkestron.Journal.Writing;

/// <summary>The requests that wait for the writer, limited in rows and bytes. Many add, one takes.</summary>
internal sealed class WriteQueue(JournalOptions options)
{
    private readonly Channel<WriteItem> _items = Channel.CreateUnbounded<WriteItem>(new UnboundedChannelOptions { SingleReader = true });
    private long _rows;
    private long _bytes;

    /// <summary>Whether it takes no more and all was taken out.</summary>
    public bool IsCompleted => _items.Reader.Completion.IsCompleted;

    /// <summary>Adds a request.</summary>
    /// <returns>Null, or why it was not added.</returns>
    public JournalUnavailableException? TryAdd(WriteItem item)
    {
        var rows = Interlocked.Add(ref _rows, item.Rows);
        var bytes = Interlocked.Add(ref _bytes, item.Bytes);
        // A request larger than the whole queue still passes when nothing else waits.
        var full = (rows > options.MaxQueuedRows && rows > item.Rows) || (bytes > options.MaxQueuedBytes && bytes > item.Bytes);
        if (!full && _items.Writer.TryWrite(item))
        {
            return null;
        }

        Release(item);
        return new JournalUnavailableException(
            full ? "The journal's queue is full." : "The journal is not taking writes: it is stopping.", TimeSpan.FromSeconds(1), null);
    }

    /// <summary>Refuses all requests from now on.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>Waits for a request; false when none will come.</summary>
    public ValueTask<bool> WaitAsync() => _items.Reader.WaitToReadAsync();

    /// <summary>Takes as many requests as fit into one batch. They count against the limits until they are released.</summary>
    public void Take(List<WriteItem> batch)
    {
        long rows = 0;
        long bytes = 0;
        while (_items.Reader.TryPeek(out var next))
        {
            var fits = rows + next.Rows <= options.MaxBatchRows && bytes + next.Bytes <= options.MaxBatchBytes;
            if (batch.Count > 0 && (!fits || next is DeleteStreamItem))
            {
                return;
            }

            _items.Reader.TryRead(out _);
            batch.Add(next);
            rows += next.Rows;
            bytes += next.Bytes;
            if (next is DeleteStreamItem)
            {
                return;
            }
        }
    }

    /// <summary>Takes one request out and releases it.</summary>
    public bool TryTake([NotNullWhen(true)] out WriteItem? item)
    {
        if (!_items.Reader.TryRead(out item))
        {
            return false;
        }

        Release(item);
        return true;
    }

    /// <summary>Frees what a request takes of the limits.</summary>
    public void Release(WriteItem item)
    {
        Interlocked.Add(ref _rows, -item.Rows);
        Interlocked.Add(ref _bytes, -item.Bytes);
    }
}
