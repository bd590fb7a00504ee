using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Endpoints;

/// <summary>Registers the origin that a provider's HTTP agents answer at.</summary>
/// <param name="Origin">For instance <c>https://agents.acme.example</c>; port 443 or 8443, no path.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RegisterEndpointRequest(string? Origin);

/// <summary>An origin of a provider.</summary>
/// <param name="Id">Its host, with the port when that is not the scheme's own.</param>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="State">
/// <c>unverified</c> until it has answered with the challenge's token, then <c>verified</c>; <c>failing</c> when it does so
/// no more, and <c>suspended</c> when it has failed too often: then its agents are not called.
/// </param>
/// <param name="Challenge">What proves that the origin is yours.</param>
/// <param name="VerifiedAt">When it did last; it is asked again every day, and when its addresses change.</param>
/// <param name="CheckedAt">When it was asked last.</param>
/// <param name="Problem">What was wrong when it was asked last; null when nothing was.</param>
/// <param name="SecretRotatedAt">When the signing secret was made.</param>
/// <param name="PreviousSecretUntil">Until when requests are signed with the secret before as well; null when there is none.</param>
public sealed record ProviderEndpoint(
    string Id,
    string Origin,
    string State,
    EndpointChallenge Challenge,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? CheckedAt,
    string? Problem,
    DateTimeOffset SecretRotatedAt,
    DateTimeOffset? PreviousSecretUntil)
{
    /// <summary>Since when an origin that has proved itself before does so no more; null while it does.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}

/// <summary>What an origin must answer to prove whose it is.</summary>
/// <param name="Url">Asked by GET.</param>
/// <param name="Token">The answer: 200 and this token on a line of its own, as plain text.</param>
public sealed record EndpointChallenge(Uri Url, string Token)
{
    /// <summary>Where on the origin it is asked for.</summary>
    public const string Path = "/.well-known/orkestron-challenge";
}

/// <summary>An origin and its new signing secret.</summary>
/// <param name="Endpoint">The origin.</param>
/// <param name="Secret">
/// Signs all requests to it (Standard Webhooks): <c>whsec_</c> and base64 of 32 bytes. Shown this once.
/// </param>
public sealed record EndpointSecret(ProviderEndpoint Endpoint, string Secret);
