using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>What the samples of one job at one number in flight came to.</summary>
internal sealed class PeerRow
{
    private readonly Latencies _latencies = new();
    private readonly Dictionary<string, TimeSpan> _spent = [];
    private TimeSpan _elapsed;

    public double PerSecond => _latencies.Count / _elapsed.TotalSeconds;

    public double P50 => _latencies.P50;

    public double P99 => _latencies.P99;

    /// <summary>Adds a sample with the processor time that each process spent in it.</summary>
    public void Add(Latencies latencies, TimeSpan elapsed, IEnumerable<(string Name, TimeSpan Spent)> spent)
    {
        _latencies.Add(latencies);
        _elapsed += elapsed;
        foreach (var (name, time) in spent)
        {
            _spent[name] = _spent.GetValueOrDefault(name) + time;
        }
    }

    /// <summary>As a row of a Markdown table.</summary>
    public string Text(string job, int inFlight) =>
        $"| {job} | {inFlight} | {PerSecond:N0}/s | {P50:0.0} ms | {P99:0.0} ms | "
        + $"{string.Join(", ", _spent.Select(each => $"{each.Key} {each.Value.TotalMilliseconds / _latencies.Count:0.00}"))} |";
}
