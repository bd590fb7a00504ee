using System.Diagnostics;
using HdrHistogram;

namespace Orkestron.Benchmarks.Common;

/// <summary>Latencies from a microsecond to an hour, each within a thousandth of itself. Thread-safe.</summary>
internal sealed class Latencies
{
    private const int Digits = 3;
    private const long MostMicroseconds = 3_600_000_000;

    private readonly LongConcurrentHistogram _histogram = new(1, MostMicroseconds, Digits);

    public long Count => _histogram.TotalCount;

    /// <summary>Median, milliseconds.</summary>
    public double P50 => At(50);

    /// <summary>95th percentile, milliseconds.</summary>
    public double P95 => At(95);

    /// <summary>99th percentile, milliseconds.</summary>
    public double P99 => At(99);

    /// <summary>Counts the time since a timestamp of <see cref="Stopwatch"/>.</summary>
    public void AddSince(long begun) => Add(Stopwatch.GetElapsedTime(begun));

    public void Add(TimeSpan latency) =>
        _histogram.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 0, MostMicroseconds));

    public void Add(Latencies others) => _histogram.Add(others._histogram);

    public void Clear() => _histogram.Reset();

    private double At(double percentile) => _histogram.GetValueAtPercentile(percentile) / 1_000.0;
}
