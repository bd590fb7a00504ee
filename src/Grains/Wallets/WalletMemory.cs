using System.Buffers.Binary;
using Orkestron.Domain.Wallets;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// The commands that this activation carried out, so that a fresh one needs no look into the ledger. A version 7 id tells
/// when it was made: one made after this activation began is either in here or new.
/// </summary>
/// <param name="limit">How many commands are remembered.</param>
/// <param name="skew">How far the clocks of two nodes may differ: ids come from other nodes.</param>
/// <param name="began">When this activation began.</param>
internal sealed class WalletMemory(int limit, TimeSpan skew, DateTimeOffset began)
{
    private readonly Dictionary<Guid, EntryView> _entries = [];
    private readonly Queue<(Guid Id, DateTimeOffset At)> _order = new();
    private long _knownSince = (began + skew).ToUnixTimeMilliseconds();

    public void Remember(Guid id, EntryView entry)
    {
        // Of an entry only what a repeated command is compared with is kept: a busy wallet remembers many.
        if (_entries.TryAdd(id, entry with { Postings = [] }))
        {
            _order.Enqueue((id, entry.At));
        }

        // What is older than the clocks may differ is of no use: an id made now is then certain anyway.
        while (_order.Count > limit || _order.Peek().At < entry.At - (2 * skew))
        {
            var forgotten = _order.Dequeue();
            _entries.Remove(forgotten.Id);
            // For ids made up to then the ledger is asked.
            _knownSince = Math.Max(_knownSince, (forgotten.At + skew).ToUnixTimeMilliseconds() + 1);
        }
    }

    /// <returns>Whether the answer is certain: the entry, or null for a command that was never carried out.</returns>
    public bool Find(Guid id, out EntryView? entry) =>
        _entries.TryGetValue(id, out entry) || (id.Version == 7 && MadeAt(id) >= _knownSince);

    // Milliseconds since 1970; any 48 bits can stand there, so they are not made an instant.
    private static long MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
    }
}
