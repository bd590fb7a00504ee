using System.Collections.Concurrent;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>Logs which addresses send refused API keys: per address one line a minute with their number.</summary>
internal sealed partial class RefusedKeys(TimeProvider clock, ILogger<RefusedKeys> logger) : BackgroundService
{
    private const int MaxAddresses = 1_000;
    private const int MaxLines = 20;
    private const string Others = "other addresses";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a refused key.</summary>
    public void Count(HttpContext context)
    {
        var counts = _counts;
        var address = NetworkAddress.Of(context);
        counts.AddOrUpdate(
            counts.Count < MaxAddresses || counts.ContainsKey(address) ? address : Others, 1, static (_, count) => count + 1);
    }

    /// <summary>Logs what was counted since the last time.</summary>
    internal void Log()
    {
        var counts = Interlocked.Exchange(ref _counts, new(StringComparer.Ordinal)).OrderByDescending(static each => each.Value).ToArray();
        foreach (var (address, count) in counts.Take(MaxLines))
        {
            LogRefused(logger, count, address);
        }

        if (counts.Length > MaxLines)
        {
            LogRefused(logger, counts.Skip(MaxLines).Sum(static each => each.Value), $"{counts.Length - MaxLines} more addresses");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Log();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "API keys refused within a minute: {Count} from {Address}.")]
    private static partial void LogRefused(ILogger logger, int count, string address);
}
