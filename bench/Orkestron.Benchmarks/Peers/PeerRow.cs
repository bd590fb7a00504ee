namespace Orkestron.Benchmarks.Peers;

/// <summary>What the samples of one job at one number in flight came to.</summary>
internal sealed class PeerRow
{
    private readonly List<double> _latencies = [];
    private readonly Dictionary<string, TimeSpan> _spent = [];
    private TimeSpan _elapsed;

    public double PerSecond => _latencies.Count / _elapsed.TotalSeconds;

    public double P50 => At(0.50);

    public double P99 => At(0.99);

    /// <summary>Adds a sample with the processor time that each process spent in it.</summary>
    public void Add(List<double> latencies, TimeSpan elapsed, IEnumerable<(string Name, TimeSpan Spent)> spent)
    {
        _latencies.AddRange(latencies);
        _latencies.Sort();
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

    private double At(double share) => _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share))];
}
