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

    /// <value>The items of a page when nothing is asked. The default is 20.</value>
    [Range(1, 100)]
    public int PageSize { get; set; } = 20;

    /// <value>Steps in an answer that tells a task when no other number is asked for. The default is 200.</value>
    [Range(1, 100_000)]
    public int StepPageSize { get; set; } = 200;

    /// <value>The most steps that may be asked for in one answer. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaxStepPageSize { get; set; } = 1_000;

    /// <value>
    /// Inputs and outputs that stand in an answer that tells a task, in bytes together; the rest is told by where to read it. A
    /// result always stands there, and takes room from the others. The default is 1 MiB.
    /// </value>
    [Range(0, 67_108_864)]
    public int MaxTaskValueBytes { get; set; } = 1_048_576;

    /// <value>
    /// Tasks that one request to My tasks looks at to find those in a state that only an open task knows, for instance
    /// "Provider away". The rest is on the pages after it. The default is 200.
    /// </value>
    [Range(1, 10_000)]
    public int MaxTasksLookedAt { get; set; } = 200;

    /// <value>How long a session lives without use. The default is 14 days.</value>
    public TimeSpan SessionAge { get; set; } = TimeSpan.FromDays(14);

    /// <value>How long a session lives however much it is used. The default is 90 days.</value>
    public TimeSpan SessionMaxAge { get; set; } = TimeSpan.FromDays(90);

    /// <value>For how long it is believed that a session still stands, and how often ended ones are asked for to close their
    /// connections: an end is known on every node within twice that. The default is 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:30")]
    public TimeSpan SessionCheck { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <value>For how long it is believed that an API key still stands: a key that is revoked at another node is refused here within
    /// that time. The default is 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan KeyCheck { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <value>How long a request that is not answered yet may go on after its session has ended; then its connection is broken
    /// off. The default is 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SessionGrace { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <value>Requests a second of one user, over time. The default is 200.</value>
    [Range(1, 1_000_000)]
    public int UserRequestsPerSecond { get; set; } = 200;

    /// <value>Requests a second of one address (of IPv6: of its /64) without sign-in, over time. The default is 50.</value>
    [Range(1, 1_000_000)]
    public int AddressRequestsPerSecond { get; set; } = 50;

    /// <value>Requests at once before the rate counts, as seconds of it. The default is 4.</value>
    [Range(1, 600)]
    public int BurstSeconds { get; set; } = 4;

    /// <value>Sign-ins, registrations and guests a minute of one address. The default is 60.</value>
    [Range(1, 1_000_000)]
    public int AccountRequestsPerMinute { get; set; } = 60;

    /// <value>Zero bits that a proof of work for an account must have. The default is 17: about 130,000 hashes, 0.2 seconds in
    /// a browser.</value>
    [Range(0, 30)]
    public int ProofBits { get; set; } = 17;

    /// <value>How long a proof of work may take. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan ProofAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <value>Unknown API keys a minute that one address may send; then keys from it that were not right before are looked up
    /// one after another. The default is 30.</value>
    [Range(1, 1_000_000)]
    public int FailedKeysPerMinute { get; set; } = 30;

    /// <value>Streams (hub or SSE) that one user may follow at once on this node. The default is 100.</value>
    [Range(1, 100_000)]
    public int MaxStreamsPerUser { get; set; } = 100;

    /// <value>Streams that this node serves at once. The default is 20,000.</value>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; set; } = 20_000;

    /// <value>Journaled events of a watched task kept for its viewers; older ones are read again. The default is 256.</value>
    [Range(1, 10_000)]
    public int RelayEvents { get; set; } = 256;

    /// <value>How long transient progress is gathered before viewers are told. The default is 50 ms.</value>
    public TimeSpan RelayPeriod { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>A sign of life on quiet event streams; also how often a stream's API key is looked at again. The default is
    /// 5 seconds.</value>
    public TimeSpan StreamHeartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>How long a share link lives when nothing is asked. The default is 7 days.</value>
    public TimeSpan ShareAge { get; set; } = TimeSpan.FromDays(7);
}
