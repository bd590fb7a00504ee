namespace Orkestron.Web.Features.Providers;

/// <summary>How many messages one connection may send: so many at once, refilled over time. Thread-safe.</summary>
internal sealed class MessageRate(TimeProvider clock, int perSecond, int burstSeconds)
{
    private readonly Lock _lock = new();
    private readonly double _most = (double)perSecond * burstSeconds;
    private double _left = (double)perSecond * burstSeconds;
    private long _at = clock.GetTimestamp();

    /// <summary>Counts a message; false when it is one too many.</summary>
    public bool Take()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(_most, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
