namespace Orkestron.Silo.Faults;

/// <summary>Allows one log line per period, and counts the suppressed ones. Thread-safe.</summary>
public sealed class LogRate(TimeProvider clock, TimeSpan period)
{
    private readonly Lock _lock = new();
    private long? _loggedAt;
    private int _kept;

    /// <summary>Whether to log now, and how many lines were suppressed since the last one.</summary>
    public bool Take(out int kept)
    {
        lock (_lock)
        {
            kept = _kept;
            if (_loggedAt is { } at && clock.GetElapsedTime(at) < period)
            {
                _kept++;
                return false;
            }

            (_loggedAt, _kept) = (clock.GetTimestamp(), 0);
            return true;
        }
    }
}
