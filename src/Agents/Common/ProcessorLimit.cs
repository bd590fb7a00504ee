namespace Orkestron.Agents.Common;

/// <summary>
/// Says when this process has used so much processor time since a moment. Unlike the clock, it is fair to work on a machine
/// that is busy with other things. For a process that does one piece of work at a time.
/// </summary>
internal sealed class ProcessorLimit : IDisposable
{
    private static readonly TimeSpan LookedAtEvery = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _timer;

    /// <param name="atMost">Processor time of all threads together, from now on.</param>
    /// <param name="clock">Says when to look.</param>
    /// <param name="used">The processor time used so far; null for that of this process.</param>
    public ProcessorLimit(TimeSpan atMost, TimeProvider clock, Func<TimeSpan>? used = null)
    {
        used ??= static () => Environment.CpuUsage.TotalTime;
        var end = used() + atMost;
        _timer = clock.CreateTimer(
            _ =>
            {
                if (used() >= end)
                {
                    _source.Cancel();
                }
            },
            null,
            LookedAtEvery,
            LookedAtEvery);
    }

    /// <summary>Cancelled once the time is used up.</summary>
    public CancellationToken Reached => _source.Token;

    // The source stays: a look may just be going on. It holds nothing but memory.
    public void Dispose() => _timer.Dispose();
}
