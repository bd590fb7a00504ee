using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Streams;

/// <summary>Limits of the streams that carry steps to agents. Section <c>Orkestron:WorkStreams</c>.</summary>
public sealed class WorkStreamOptions
{
    /// <summary>Queues that all agents share; fixed for the life of a cluster.</summary>
    /// <value>The default is 8 queues.</value>
    [Range(1, 256)]
    public int Queues { get; set; } = 8;

    /// <summary>Steps that may wait in one queue. More is refused and sent again by the task.</summary>
    /// <value>The default is 50,000 steps.</value>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; set; } = 50_000;

    /// <summary>Steps that a reader takes at once.</summary>
    /// <value>The default is 256 steps.</value>
    [Range(1, 10_000)]
    public int MaxTaken { get; set; } = 256;

    /// <summary>Steps that a reader holds for agents that are slow to take them.</summary>
    /// <value>The default is 4,096 steps.</value>
    [Range(16, 100_000)]
    public int CacheSize { get; set; } = 4_096;

    /// <summary>How long a reader waits in an empty queue before it asks again.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:20")]
    public TimeSpan TakeWait { get; set; } = TimeSpan.FromSeconds(2);
}
