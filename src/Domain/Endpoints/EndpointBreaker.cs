
namespace Orkestron.Domain.Endpoints;

/// <summary>
/// Stops calls of an endpoint that keeps failing; after a pause, one call tries whether it is back. Not
/// thread-safe: the grain's scheduler owns it.
/// </summary>
internal sealed class EndpointBreaker(EndpointOptions options)
{
    private readonly Queue<DateTimeOffset> _failures = new();
    private StepKey? _probe;

    /// <summary>While it is open: when a call may try again.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>Whether a call tries whether the endpoint is back.</summary>
    public bool Probing => _probe is not null;

    /// <summary>Whether a call may begin.</summary>
    public bool Allows(DateTimeOffset now) => RetryAt is not { } at || (now >= at && _probe is null);

    /// <summary>A call begins that <see cref="Allows"/> allowed.</summary>
    public void Begin(StepKey step)
    {
        if (RetryAt is not null)
        {
            _probe = step;
        }
    }

    /// <summary>A call ended.</summary>
    /// <param name="step">The call.</param>
    /// <param name="failed">Whether the endpoint failed; null when the call says nothing about it.</param>
    /// <param name="now">The time.</param>
    public void End(StepKey step, bool? failed, DateTimeOffset now)
    {
        var probed = _probe == step;
        if (probed)
        {
            _probe = null;
        }

        if (failed == false)
        {
            RetryAt = null;
            _failures.Clear();
        }
        else if (failed == true)
        {
            Fail(probed, now);
        }
    }

    private void Fail(bool probed, DateTimeOffset now)
    {
        _failures.Enqueue(now);
        while (_failures.Count > options.BreakerFailures || _failures.Peek() <= now - options.BreakerWindow)
        {
            _failures.Dequeue();
        }

        // Calls that were under way when it opened do not make the pause longer.
        if (probed || (RetryAt is null && _failures.Count >= options.BreakerFailures))
        {
            RetryAt = now + options.BreakerPause;
        }
    }
}
