namespace Orkestron.Contracts.Endpoints;

/// <summary>How an HTTP agent's endpoint does. Nothing of what it was asked or answered.</summary>
/// <param name="Host">Where it is called.</param>
/// <param name="State">
/// <c>unknown</c> before its first run, <c>up</c>, <c>down</c> while the circuit breaker is open and steps wait, or
/// <c>probing</c> while one step tries whether it is back.
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
    DateTimeOffset? RetryAt);
