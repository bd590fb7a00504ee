using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Endpoints;

/// <summary>Limits and periods of agents that are called by HTTP. Section <c>Orkestron:Endpoints</c>.</summary>
public sealed class EndpointOptions
{
    /// <value>
    /// Whether endpoints may be on this machine, over http: for development and tests. The default is false.
    /// </value>
    public bool AllowLoopback { get; set; }

    /// <value>
    /// Where endpoints reach this platform, for instance <c>https://orkestron.example</c>: callbacks go there. Without it no
    /// endpoint may answer 202, except on this machine.
    /// </value>
    public Uri? PublicAddress { get; set; }

    /// <value>Origins that one provider may register. The default is 20.</value>
    [Range(1, 1_000)]
    public int MaxOrigins { get; set; } = 20;

    /// <value>To connect, TLS included. The default is 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <value>From the request to the answer's headers. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>From the headers to the end of an answer that is no stream. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>From one line of a stream to the end of the next; comments and empty lines count. The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LineTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>The largest answer that is no stream, in bytes. The default is 1 MiB and 64 KiB.</value>
    [Range(1_024, 16_777_216)]
    public int MaxBodyBytes { get; set; } = 1_114_112;

    /// <value>The largest stream, in bytes. The default is 8 MiB.</value>
    [Range(1_024, 134_217_728)]
    public long MaxStreamBytes { get; set; } = 8_388_608;

    /// <value>Answer headers in KiB. The default is 16.</value>
    [Range(1, 64)]
    public int MaxHeaderKibibytes { get; set; } = 16;

    /// <value>Connections to one origin from one silo. The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 256;

    /// <value>How long a connection is used again, so that a changed address counts soon. The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ConnectionAge { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>How long a name's addresses are remembered. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan AddressAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>Names whose addresses are remembered. The default is 4,096.</value>
    [Range(1, 100_000)]
    public int MaxNames { get; set; } = 4_096;

    /// <value>How long the proof holds that an origin is its provider's. The default is a day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan ProofAge { get; set; } = TimeSpan.FromDays(1);

    /// <value>How often a proven origin is asked again, whether it is used or not. The default is a day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ProofPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <value>
    /// Failed proofs, <see cref="ProofRetry"/> apart, after which an origin is suspended. Until then the addresses at which it
    /// has proved itself are called all the same. The default is 3.
    /// </value>
    [Range(1, 100)]
    public int MaxProofFailures { get; set; } = 3;

    /// <value>The wait between the proofs that count. The default is an hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ProofRetry { get; set; } = TimeSpan.FromHours(1);

    /// <value>The wait before an origin that failed its proof and may not be called is asked again by a step. The default
    /// is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ProofPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Proven addresses of one origin that are remembered. The default is 64.</value>
    [Range(1, 1_024)]
    public int MaxAddresses { get; set; } = 64;

    /// <value>How long the secret before signs as well after a rotation. The default is a day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <value>Failures within <see cref="BreakerWindow"/> that stop calls. The default is 5.</value>
    [Range(1, 1_000)]
    public int BreakerFailures { get; set; } = 5;

    /// <value>Over which failures are counted. The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>How long calls stop before one tries again. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>Recent runs that the failure rate is taken from. The default is 100.</value>
    [Range(1, 10_000)]
    public int RecentRuns { get; set; } = 100;

    /// <value>
    /// How often the origin of a listed agent is asked whether it answers, when no run has shown it. The default is 2 minutes.
    /// </value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan HealthPeriod { get; set; } = TimeSpan.FromMinutes(2);

    /// <value>For how long what is known of an endpoint counts. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan HealthAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <value>The longest wait an endpoint may ask for with Retry-After. The default is an hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <value>Tries to send an endpoint a cancellation. The default is 3.</value>
    [Range(1, 20)]
    public int CancelTries { get; set; } = 3;

    /// <value>The wait between these tries. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan CancelPause { get; set; } = TimeSpan.FromSeconds(2);
}
