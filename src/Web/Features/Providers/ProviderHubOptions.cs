using System.ComponentModel.DataAnnotations;

namespace Orkestron.Web.Features.Providers;

/// <summary>Limits and periods of the connections of providers. Section <c>Orkestron:Web:Providers</c>.</summary>
internal sealed class ProviderHubOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Web:Providers";

    /// <value>
    /// How often a process's lease with its agents is renewed and its API key looked at again. Well below
    /// <c>Orkestron:Providers:Lease</c>. The default is 5 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan RenewPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>
    /// How long a renewal may take before the next one is sent: one that went through a node which died is answered late or
    /// never. Well below <c>Orkestron:Providers:Lease</c>. The default is 5 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan RenewTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>The largest message in bytes; an answer counts less (1 MiB). The default is 4 MiB.</value>
    [Range(4_096, 67_108_864)]
    public int MaxMessageBytes { get; set; } = 4_194_304;

    /// <value>The largest answer in bytes of compact JSON. Processes receive it when they connect. The default is 1 MiB.</value>
    [Range(1, 16_777_216)]
    public int MaxOutputBytes { get; set; } = 1_048_576;

    /// <value>Partial output of a step in characters; what comes after is dropped. The default is 100,000.</value>
    [Range(0, 1_000_000)]
    public int MaxPartialCharacters { get; set; } = 100_000;

    /// <value>Reports of a step are merged over this time. The default is 50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan ReportPeriod { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>Connections of one user on this node. The default is 200.</value>
    [Range(1, 100_000)]
    public int MaxConnectionsPerUser { get; set; } = 200;

    /// <value>Agents that one process may serve. The default is 50.</value>
    [Range(1, 1_000)]
    public int MaxAgents { get; set; } = 50;

    /// <value>Steps at once of one agent in one process. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaxCapacity { get; set; } = 1_000;

    /// <value>Steps that one connection may hold, unacknowledged ones included. The default is 5,000.</value>
    [Range(1, 100_000)]
    public int MaxRunning { get; set; } = 5_000;

    /// <value>
    /// Calls of other agents that one connection may wait for; one more is refused with <c>too_many</c> and sent again. The
    /// first call of each step does not count. The default is 2,000.
    /// </value>
    [Range(1, 100_000)]
    public int MaxCalls { get; set; } = 2_000;

    /// <value>
    /// The inputs of those calls together, in bytes, but at least the largest message; the first calls of steps may take as
    /// much again. The default is 64 MiB.
    /// </value>
    [Range(4_096, 4_294_967_296)]
    public long MaxCallBytes { get; set; } = 67_108_864;

    /// <value>
    /// Values that one message of a process may carry, which its steps have gone on with before they are durable. 0 takes values
    /// one by one only, as earlier libraries send them: set it while nodes of a release before this one serve in the same
    /// cluster. The default is 64.
    /// </value>
    [Range(0, 1_000)]
    public int MaxValues { get; set; } = 64;

    /// <value>Those values together, in bytes of JSON. The default is 64 KiB.</value>
    [Range(1_024, 1_048_576)]
    public int MaxValueBytes { get; set; } = 65_536;

    /// <value>
    /// Requests for a message of another step that one connection may keep waiting; more are answered at once, and asked again.
    /// Well below the 64 requests that a connection has at a time. The default is 32.
    /// </value>
    [Range(0, 60)]
    public int MaxWaitingReceives { get; set; } = 32;

    /// <value>Messages a second that one connection may send, over time; one that sends more is ended. The default is
    /// 5,000.</value>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; set; } = 5_000;

    /// <value>Messages at once before the rate counts, as seconds of it. The default is 4.</value>
    [Range(1, 600)]
    public int BurstSeconds { get; set; } = 4;

    /// <value>How long a connection may stay silent about what it serves. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AnnounceWithin { get; set; } = TimeSpan.FromSeconds(30);
}
