using System.Threading.Channels;

namespace Orkestron.Grains.Streams;

/// <summary>
/// What the grains of a silo put into a queue that is read on the same silo: it need not pass through the queue's grain. What
/// waits lives in memory only, as there.
/// </summary>
/// <param name="limit">How many messages may wait.</param>
internal sealed class WorkInbox(int limit)
{
    private readonly Channel<WorkMessage> _waiting = Channel.CreateBounded<WorkMessage>(
        new BoundedChannelOptions(limit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <returns>Whether it was taken; false when the inbox is full or closed.</returns>
    public bool TryAdd(WorkMessage message) => _waiting.Writer.TryWrite(message);

    public bool TryTake(out WorkMessage message) => _waiting.Reader.TryRead(out message!);

    /// <summary>Completes when there is a message; false once the inbox is closed and empty.</summary>
    public ValueTask<bool> ArrivalAsync() => _waiting.Reader.WaitToReadAsync();

    /// <summary>Takes no more.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
