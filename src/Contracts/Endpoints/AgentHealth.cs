namespace Orkestron.Contracts.Endpoints;

/// <summary>How an HTTP agent's endpoint does. Nothing of what it was asked or answered.</summary>
/// <param name="Host">Where it is called.</param>
/// <param name="State">
/// <c>up</c> when it answered lately; <c>down</c> while the circuit breaker is open and steps wait, or when its origin did not
/// answer when it was asked; <c>probing</c> while one step tries whether it is back; <c>unknown</c> when nothing is known, or
/// not lately.
/// </param>
/// <param name="LastSuccessAt">When it answered well last.</param>
/// <param name="LastFailureAt">When it failed last.</param>
/// <param name="LastErrorKind">How, as a code of the platform: for instance <c>endpoint_timeout</c>.</param>
/// <param name="FailureRate">The part of recent runs that failed, 0 to 1; null when there was none.</param>
/// <param name="P50Milliseconds">Median duration of recent runs; null when there was none.</param>
/// <param name="P95Milliseconds">95th percentile of the same.</param>
/// <param name="RetryAt">While down: when it is tried again.</param>
public sealed record AgentHealth(
    string Host,
    string State,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LastFailureAt,
    string? LastErrorKind,
    double? FailureRate,
    long? P50Milliseconds,
    long? P95Milliseconds,
    DateTimeOffset? RetryAt)
{
    /// <summary>When it was last known whether it answers: by a run, or by asking its origin; null for never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
}
