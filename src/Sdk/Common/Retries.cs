using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Orkestron.Sdk.Common;

/// <summary>
/// Retries with exponential backoff from 0.2 to 30 seconds and jitter, so that many clients which lost one server do
/// not reconnect at once.
/// </summary>
internal static class Retries
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay, unless a server asks for more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Retries on transient faults.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="passes">Whether a fault is transient.</param>
    /// <param name="tries">Maximum number of attempts; at least 1.</param>
    public static ResiliencePipeline Of(TimeProvider clock, Func<Exception, bool> passes, int tries = int.MaxValue) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddTries(passes, tries, LongestWait).Build();

    /// <summary>A random delay before reconnecting, up to the first backoff.</summary>
    public static TimeSpan FirstWait() => First * (0.5 + (RandomNumberGenerator.GetInt32(1_000) / 2_000.0));

    public static ResiliencePipelineBuilder AddTries(
        this ResiliencePipelineBuilder pipeline, Func<Exception, bool> passes, int tries, TimeSpan longestWait) =>
        tries <= 1
            ? pipeline
            : pipeline.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is { } fault && passes(fault)),
                MaxRetryAttempts = tries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = First,
                MaxDelay = longestWait,
                DelayGenerator = static tried => ValueTask.FromResult(RequestedWait(tried.Outcome.Exception)),
            });

    /// <summary>The delay that the server asked for.</summary>
    private static TimeSpan? RequestedWait(Exception? fault) =>
        fault is OrkestronException { RetryAfter: { } asked } ? asked > First ? asked : First : null;
}
