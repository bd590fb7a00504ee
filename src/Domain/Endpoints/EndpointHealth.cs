namespace Orkestron.Domain.Endpoints;

/// <summary>How an HTTP agent's endpoint does.</summary>
/// <param name="Host">Where it is called.</param>
/// <param name="State">
/// <c>up</c> when it answered lately, <c>down</c>, <c>probing</c>, or <c>unknown</c> when nothing is known, or not lately.
/// </param>
/// <param name="LastSuccessAt">When it answered well last.</param>
/// <param name="LastFailureAt">When it failed last.</param>
/// <param name="LastErrorKind">How, as a code of the platform.</param>
/// <param name="FailureRate">The part of recent runs that failed, 0 to 1; null when there was none.</param>
/// <param name="RetryAt">While down: when it is tried again.</param>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-health")]
public sealed record EndpointHealth(
    [property: Id(0)] string Host,
    [property: Id(1)] string State,
    [property: Id(2)] DateTimeOffset? LastSuccessAt,
    [property: Id(3)] DateTimeOffset? LastFailureAt,
    [property: Id(4)] string? LastErrorKind,
    [property: Id(5)] double? FailureRate,
    [property: Id(6)] DateTimeOffset? RetryAt)
{
    /// <summary>When it was last known whether it answers: by a run, or by asking its origin; null for never.</summary>
    [Id(60)]
    public DateTimeOffset? CheckedAt { get; init; }
}
