using System.ComponentModel.DataAnnotations;

namespace Orkestron.Silo.Faults;

/// <summary>How what steps ask of their task is sent again. Section <c>Orkestron:Retry</c>.</summary>
public sealed class GrainRetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Retry";

    /// <value>The wait before the second try; it doubles with each. The default is 50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>The longest wait between two tries. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>
    /// Tries that may meet a fault which no waiting mends, before the step fails. A store that is down, a lost silo or a
    /// timeout does not count: then it is sent until the step's deadline. The default is 6.
    /// </value>
    [Range(1, 100)]
    public int MaxFaults { get; set; } = 6;

    /// <value>At most one warning and one error of faults is logged in this time, with how many there were. The default is 10
    /// seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LogPeriod { get; set; } = TimeSpan.FromSeconds(10);
}
