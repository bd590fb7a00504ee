using Orkestron.Contracts.Endpoints;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>Maps endpoints from grains to the API.</summary>
internal static class EndpointMapping
{
    public static ProviderEndpoint ToEndpoint(this EndpointView view) => new(
        view.Id,
        view.Origin,
        view switch
        {
            { VerifiedAt: null } => "unverified",
            { Suspended: true } => "suspended",
            { Problem: not null } => "failing",
            _ => "verified",
        },
        new EndpointChallenge(new Uri(new Uri(view.Origin), EndpointChallenge.Path), view.Token),
        view.VerifiedAt,
        view.CheckedAt,
        view.Problem,
        view.SecretAt,
        view.PreviousUntil)
    {
        FailingSince = view.FailingSince,
    };

    public static EndpointSecret ToSecret(this EndpointCreated created) => new(created.Endpoint.ToEndpoint(), created.Secret);

    /// <summary>The health of an agent's endpoint; null for an agent without one.</summary>
    public static AgentHealth? ToHealth(this AgentView view) => view.Health is { } health
        ? new AgentHealth(
            health.Host,
            health.State,
            health.LastSuccessAt,
            health.LastFailureAt,
            health.LastErrorKind,
            health.FailureRate,
            view.Stats.P50Milliseconds,
            view.Stats.P95Milliseconds,
            health.RetryAt)
        {
            CheckedAt = health.CheckedAt,
        }
        : null;
}
