using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Orkestron.Sdk.Common;

/// <summary>
/// How the library tries again: after waits that double from 0.2 seconds to half a minute and vary, so that many who lost one
/// server do not come back at once.
/// </summary>
internal static class Retries
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait, unless a server asks for more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Tries what fails for a reason that passes.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="passes">Whether a fault may pass.</param>
    /// <param name="tries">How often it is tried in all; at least 1.</param>
    public static ResiliencePipeline Of(TimeProvider clock, Func<Exception, bool> passes, int tries = int.MaxValue) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddTries(passes, tries, LongestWait).Build();

    /// <summary>A wait before the first try after a loss that many had at once.</summary>
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
                DelayGenerator = static tried => ValueTask.FromResult(Asked(tried.Outcome.Exception)),
            });

    /// <summary>What a server that refused asks to wait.</summary>
    private static TimeSpan? Asked(Exception? fault) =>
        fault is OrkestronException { RetryAfter: { } asked } ? asked > First ? asked : First : null;
}
