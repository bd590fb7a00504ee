namespace Orkestron.Web.Features.Providers;

/// <summary>A token bucket for the messages of one connection. Thread-safe.</summary>
internal sealed class MessageRate(TimeProvider clock, int perSecond, int burstSeconds)
{
    private readonly Lock _lock = new();
    private readonly double _most = (double)perSecond * burstSeconds;
    private double _left = (double)perSecond * burstSeconds;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a token; false when there is none left.</summary>
    public bool TryTake()
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
