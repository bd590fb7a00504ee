namespace Orkestron.Benchmarks.Watchers;

/// <summary>Counts latencies in buckets of a tenth of a millisecond up to 10 seconds. Thread-safe.</summary>
internal sealed class Latencies
{
    private readonly int[] _buckets = new int[100_000];
    private int _count;

    public int Count => _count;

    public void Add(TimeSpan latency)
    {
        Interlocked.Increment(ref _buckets[Math.Clamp((int)(latency.TotalMilliseconds * 10), 0, _buckets.Length - 1)]);
        Interlocked.Increment(ref _count);
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        _count = 0;
    }

    /// <summary>In milliseconds.</summary>
    public double At(double share)
    {
        var below = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            below += _buckets[i];
            if (below >= share * _count)
            {
                return i / 10.0;
            }
        }

        return 0;
    }
}
