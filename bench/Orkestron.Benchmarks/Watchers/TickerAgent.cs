using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Benchmarks.Watchers;

/// <summary>Works until it is told to end; ticks when it is told to: progress whose message is the time of its emission.</summary>
internal sealed class TickerAgent : IAgent
{
    /// <summary>Ticks a second.</summary>
    public const int Rate = 20;

    private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new { type = "object" });
    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new { });

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAgentContext? _context;

    public AgentCard Card { get; } = new()
    {
        Provider = "bench",
        Name = "ticker",
        Version = "1.0.0",
        Kind = AgentKind.Worker,
        Title = "Ticker",
        Summary = "Tells the time.",
        Skills = ["bench"],
        InputSchema = Schema,
        OutputSchema = Schema,
        Examples = [new AgentExample("Nothing", Empty)],
        Price = new AgentPrice(new Tokens(10), default, default),
        Country = "DE",
        MaxConcurrency = 10,
        Timeout = TimeSpan.FromHours(1),
    };

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        _context = context;
        await _end.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Empty;
    }

    /// <summary>Ticks for a while, evenly.</summary>
    /// <returns>How often.</returns>
    public async Task<int> TickAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / Rate, TimeProvider.System);
        var count = 0;
        while (watch.Elapsed < time && await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            _context!.Progress(null, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            count++;
        }

        return count;
    }

    public void End() => _end.TrySetResult();
}
