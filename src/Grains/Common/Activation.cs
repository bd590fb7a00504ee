namespace Orkestron.Grains.Common;

/// <summary>One activation of a grain with a text as its key, as the classes see it of which the grain is made.</summary>
/// <param name="grain">The grain, for timers and reminders.</param>
/// <param name="key">Its key.</param>
internal sealed class Activation(IGrainBase grain, string key)
{
    public string Key => key;

    public IGrainBase Grain => grain;

    /// <summary>When it was activated.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Whether it is being deactivated: nothing new may begin.</summary>
    public bool IsEnding { get; set; }

    /// <summary>A timer that interleaves with the grain's calls.</summary>
    /// <param name="callback">What to do.</param>
    /// <param name="period">The time before the first call and between two; infinite for a timer that is set later.</param>
    /// <param name="keepAlive">Whether the activation stays in memory while the timer is there.</param>
    public IGrainTimer StartTimer(Func<Task> callback, TimeSpan period, bool keepAlive) => grain.RegisterGrainTimer(
        callback, new() { DueTime = period, Period = period, Interleave = true, KeepAlive = keepAlive });
}
