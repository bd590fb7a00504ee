using System.Buffers.Binary;
using Orkestron.GrainInterfaces.Wallets;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// The commands that this activation carried out, so that a fresh one needs no look into the ledger. A version 7 id tells
/// when it was made: one made after this activation began is either in here or new.
/// </summary>
internal sealed class WalletMemory(int limit, DateTimeOffset began)
{
    // Ids come from other nodes, whose clocks differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, EntryView> _entries = [];
    private readonly Queue<Guid> _order = new();
    private DateTimeOffset _knownSince = began + Skew;

    public void Remember(Guid id, EntryView entry)
    {
        if (_entries.TryAdd(id, entry))
        {
            _order.Enqueue(id);
        }

        if (_order.Count > limit)
        {
            // What was made up to now may have been forgotten: for such ids the ledger is asked.
            var forgotten = _order.Dequeue();
            if (_entries.Remove(forgotten, out var gone) && gone.At + Skew > _knownSince)
            {
                _knownSince = gone.At + Skew;
            }
        }
    }

    /// <returns>Whether the answer is certain: the entry, or null for a command that was never carried out.</returns>
    public bool Find(Guid id, out EntryView? entry) =>
        _entries.TryGetValue(id, out entry) || (id.Version == 7 && MadeAt(id) >= _knownSince);

    private static DateTimeOffset MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16);
    }
}
