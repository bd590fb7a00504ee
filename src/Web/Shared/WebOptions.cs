using System.ComponentModel.DataAnnotations;

namespace Orkestron.Web.Shared;

/// <summary>Limits and periods of the web. Section <c>Orkestron:Web</c>.</summary>
internal sealed class WebOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Web";

    /// <value>The largest request body in bytes. The default is 4 MiB; agents take less.</value>
    [Range(1_024, 268_435_456)]
    public long MaxBodyBytes { get; set; } = 4_194_304;

    /// <value>The most items of a page. The default is 100.</value>
    [Range(1, 100)]
    public int MaxPageSize { get; set; } = 100;

    /// <value>The items of a page when the request does not say. The default is 20.</value>
    [Range(1, 100)]
    public int PageSize { get; set; } = 20;

    /// <value>The steps in a response with a task when the request does not say. The default is 200.</value>
    [Range(1, 100_000)]
    public int StepPageSize { get; set; } = 200;

    /// <value>The most steps in a response. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaxStepPageSize { get; set; } = 1_000;

    /// <value>
    /// The inputs and outputs that are inline in a response with a task, in bytes in total; the others are given by reference. The
    /// result is always inline and counts. The default is 1 MiB.
    /// </value>
    [Range(0, 67_108_864)]
    public int MaxTaskValueBytes { get; set; } = 1_048_576;

    /// <value>
    /// The tasks that one request to My tasks examines to find those in a state that only a running task knows, for instance
    /// "Provider away". Further tasks are on the next pages. The default is 200.
    /// </value>
    [Range(1, 10_000)]
    public int MaxTasksLookedAt { get; set; } = 200;

    /// <value>How long a session lasts without use. The default is 14 days.</value>
    public TimeSpan SessionAge { get; set; } = TimeSpan.FromDays(14);

    /// <value>How long a session lasts at most. The default is 90 days.</value>
    public TimeSpan SessionMaxAge { get; set; } = TimeSpan.FromDays(90);

    /// <value>How long the validity of a session is cached, and how often ended sessions are polled to close their connections: the
    /// end of a session is known on every node within twice that time. The default is 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:30")]
    public TimeSpan SessionCheck { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <value>How long the validity of an API key is cached: a key that is revoked on another node is refused here within that
    /// time. The default is 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan KeyCheck { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <value>How long a request may continue after its session has ended before its connection is closed. The default is
    /// 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SessionGrace { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <value>The sustained requests per second of one user. The default is 200.</value>
    [Range(1, 1_000_000)]
    public int UserRequestsPerSecond { get; set; } = 200;

    /// <value>The sustained requests per second of one address (for IPv6, of its /64) without sign-in. The default is 50.</value>
    [Range(1, 1_000_000)]
    public int AddressRequestsPerSecond { get; set; } = 50;

    /// <value>The size of a burst, as seconds of the sustained rate. The default is 4.</value>
    [Range(1, 600)]
    public int BurstSeconds { get; set; } = 4;

    /// <value>The sign-ins, registrations and guest accounts per minute of one address. The default is 60.</value>
    [Range(1, 1_000_000)]
    public int AccountRequestsPerMinute { get; set; } = 60;

    /// <value>Zero bits that a proof of work for an account must have. The default is 17: about 130,000 hashes, 0.2 seconds in
    /// a browser.</value>
    [Range(0, 30)]
    public int ProofBits { get; set; } = 17;

    /// <value>How long a proof of work may take. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan ProofAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <value>The unknown API keys per minute that one address may send. Beyond that, its keys that were not valid before are looked
    /// up one at a time. The default is 30.</value>
    [Range(1, 1_000_000)]
    public int FailedKeysPerMinute { get; set; } = 30;

    /// <value>The most event streams (hub or SSE) that one user may have open on this node. The default is 100.</value>
    [Range(1, 100_000)]
    public int MaxStreamsPerUser { get; set; } = 100;

    /// <value>The most event streams open on this node. The default is 20,000.</value>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; set; } = 20_000;

    /// <value>The journaled events of a watched task kept in memory for its viewers; older ones are read from the journal. The default
    /// is 256.</value>
    [Range(1, 10_000)]
    public int RelayEvents { get; set; } = 256;

    /// <value>How long transient progress is merged before it is sent to viewers. The default is 50 ms.</value>
    public TimeSpan RelayPeriod { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>The period of heartbeats on quiet event streams, and of checks of their API keys. The default is 5 seconds.</value>
    public TimeSpan StreamHeartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>How long a share link lasts when the request does not say. The default is 7 days.</value>
    public TimeSpan ShareAge { get; set; } = TimeSpan.FromDays(7);
}
