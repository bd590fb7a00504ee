namespace Orkestron.Journal;

/// <summary>Instants as the stores keep them: microseconds since 1970, UTC.</summary>
public static class Instants
{
    /// <summary>The instant for a row's column.</summary>
    public static long ToMicroseconds(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    /// <summary>The instant that a row's column holds.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        new(DateTime.UnixEpoch.Ticks + (microseconds * 10), TimeSpan.Zero);
}
