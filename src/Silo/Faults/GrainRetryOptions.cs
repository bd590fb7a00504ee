using System.ComponentModel.DataAnnotations;

namespace Orkestron.Silo.Faults;

/// <summary>Retries of requests of steps to their task. Section <c>Orkestron:Retry</c>.</summary>
public sealed class GrainRetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Retry";

    /// <value>The delay before the first retry; it doubles with each one. The default is 50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>The longest delay. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>
    /// Attempts with a permanent fault before the step fails. A store that is down, a lost silo or a
    /// timeout does not count: these are retried until the step's deadline. The default is 6.
    /// </value>
    [Range(1, 100)]
    public int MaxFaults { get; set; } = 6;

    /// <value>At most one warning and one error are logged per period, with the number of suppressed ones. The default is 10
    /// seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LogPeriod { get; set; } = TimeSpan.FromSeconds(10);
}
