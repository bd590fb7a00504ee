using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Providers;

/// <summary>Limits and periods of providers. Section <c>Orkestron:Providers</c>.</summary>
public sealed class ProviderOptions
{
    /// <value>Provider names that one user may have. The default is 5.</value>
    [Range(1, 1_000)]
    public int MaxNames { get; set; } = 5;

    /// <value>Agents that one provider may have. The default is 200.</value>
    [Range(1, 10_000)]
    public int MaxAgents { get; set; } = 200;

    /// <value>Processes that may serve one agent. The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxLinks { get; set; } = 256;

    /// <value>
    /// A process that its web node does not renew for so long is gone. Web nodes renew every 5 seconds. The default is 20
    /// seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <value>
    /// How long the steps of a process whose connection broke wait for it to come back with them. The default is 5 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>
    /// How long a step waits while processes are connected, but none of the version that its task agreed to. Then it fails
    /// with <c>version_gone</c>. The default is 1 minute.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan VersionGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <value>How often gone processes are looked for. The default is 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <value>
    /// A step whose process does not say that it has it is offered again after this time. The default is 10 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan OfferAgainAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>
    /// How long an agent must be in memory before new steps are sent to processes as ones without a record: so a message that
    /// came to the agent on another silo before is never taken for new. More than the clocks of the silos
    /// differ. The default is 2 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FreshAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>Processes that one attempt may lose before it counts as failed. The default is 4.</value>
    [Range(1, 100)]
    public int MaxLosses { get; set; } = 4;
}
