namespace Orkestron.Domain.Agents;

/// <summary>
/// Counts of times in milliseconds by upper bounds 1, 2, 3, 5, 7, 10, 20, ... 100,000,000 (27 hours); the last count is of
/// all above. Arrays are as long as the highest count needs. Pure.
/// </summary>
internal static class Histogram
{
    private static readonly long[] Bounds = [1, .. Enumerable.Range(0, 8).SelectMany(static decade =>
        new long[] { 2, 3, 5, 7, 10 }.Select(each => each * (long)Math.Pow(10, decade)))];

    /// <summary>Counts with one time more.</summary>
    public static long[] Count(long[] counts, long milliseconds)
    {
        var found = Array.BinarySearch(Bounds, Math.Max(0, milliseconds));
        var at = found >= 0 ? found : ~found;
        var counted = counts.Length > at ? counts : Longer(counts, at + 1);
        counted[at]++;
        return counted;
    }

    /// <summary>The counts of both.</summary>
    public static long[] Merge(long[] left, long[] right)
    {
        var merged = Longer(left, Math.Max(left.Length, right.Length));
        for (var i = 0; i < right.Length; i++)
        {
            merged[i] += right[i];
        }

        return merged;
    }

    /// <summary>The time below which this part lies, spread evenly within a bound; null when nothing is counted.</summary>
    public static long? Percentile(long[] counts, double part)
    {
        var all = counts.Sum();
        if (all == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(part * all));
        long before = 0;
        for (var i = 0; ; i++)
        {
            if (before + counts[i] >= rank)
            {
                var (low, high) = (i == 0 ? 0 : Bounds[i - 1], i < Bounds.Length ? Bounds[i] : Bounds[^1]);
                return low + (long)Math.Ceiling((high - low) * ((double)(rank - before) / counts[i]));
            }

            before += counts[i];
        }
    }

    private static long[] Longer(long[] counts, int length)
    {
        var longer = new long[length];
        counts.CopyTo(longer, 0);
        return longer;
    }
}
