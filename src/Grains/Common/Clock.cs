namespace Orkestron.Grains.Common;

internal static class Clock
{
    /// <summary>Now, to the microsecond: what the store keeps, so that memory never knows more than a later read.</summary>
    public static DateTimeOffset GetMicrosecond(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
