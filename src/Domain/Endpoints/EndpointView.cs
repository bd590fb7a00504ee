using System.Collections.Immutable;

namespace Orkestron.Domain.Endpoints;

/// <summary>An origin.</summary>
/// <param name="Id">Host, with the port when that is not the scheme's own.</param>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Token">What it must answer to its challenge.</param>
/// <param name="VerifiedAt">When it did last.</param>
/// <param name="CheckedAt">When it was asked last.</param>
/// <param name="Problem">What was wrong then; null when nothing was.</param>
/// <param name="SecretAt">When the secret was made.</param>
/// <param name="PreviousUntil">Until when the secret before signs as well.</param>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-view")]
public sealed record EndpointView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Origin,
    [property: Id(2)] string Token,
    [property: Id(3)] DateTimeOffset? VerifiedAt,
    [property: Id(4)] DateTimeOffset? CheckedAt,
    [property: Id(5)] string? Problem,
    [property: Id(6)] DateTimeOffset SecretAt,
    [property: Id(7)] DateTimeOffset? PreviousUntil)
{
    /// <summary>Since when an origin that has proved itself before does so no more; null while it does.</summary>
    [Id(8)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Whether it has failed too often: its agents are not called until it proves itself again.</summary>
    [Id(9)]
    public bool Suspended { get; init; }
}
