namespace Orkestron.GrainInterfaces.Endpoints;

/// <summary>How an HTTP agent's endpoint does.</summary>
/// <param name="Host">Where it is called.</param>
/// <param name="State"><c>unknown</c>, <c>up</c>, <c>down</c> or <c>probing</c>.</param>
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
    [property: Id(6)] DateTimeOffset? RetryAt);
