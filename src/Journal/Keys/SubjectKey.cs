namespace Orkestron.Journal.Keys;

/// <summary>A subject's key in memory, to be read again after a while: another process may have destroyed it.</summary>
internal sealed class SubjectKey(byte[]? key, long readAt)
{
    private volatile bool _dropped;

    /// <summary>The key, or null when it was destroyed.</summary>
    public byte[]? Key { get; } = key;

    public void Drop() => _dropped = true;

    public bool IsFresh(TimeProvider clock, TimeSpan lifetime) => !_dropped && clock.GetElapsedTime(readAt) < lifetime;
}
