using System.Collections.Concurrent;

namespace Orkestron.Grains.Placement;

/// <summary>Counts tasks by payer in each second, on one silo.</summary>
/// <param name="most">How many of a payer count as few.</param>
/// <param name="payers">How many payers are counted; those beyond it count as ones with few.</param>
/// <param name="clock">The time.</param>
internal sealed class PayerRate(int most, int payers, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, int> _counts = [];
    private long _second;

    /// <summary>Counts a task.</summary>
    /// <returns>Whether its payer has few in this second.</returns>
    public bool Count(Guid payer)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var before = Interlocked.Exchange(ref _second, now);
        if (before != now)
        {
            _counts.Clear();
        }

        return (_counts.Count >= payers && !_counts.ContainsKey(payer))
            || _counts.AddOrUpdate(payer, 1, static (_, count) => count + 1) <= most;
    }
}
