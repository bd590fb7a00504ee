using Orkestron.Domain.Endpoints;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>How the health of an endpoint is shown to people.</summary>
internal static class HealthLabels
{
    public static string Of(EndpointHealth health, DateTimeOffset now) => health switch
    {
        { State: "up", CheckedAt: { } at } => $"Up, checked {Format.Ago(now - at)}",
        { State: "up" } => "Up",
        { State: "down", RetryAt: not null } => "Down; steps wait until the next attempt",
        { State: "down", CheckedAt: { } at } => $"Down: last failed {Format.Ago(now - at)}",
        { State: "down" } => "Down",
        { State: "probing" } => "Down; a step is testing whether it is back",
        { CheckedAt: { } at } => $"Not checked since {Format.Instant(at)}",
        _ => "Not called yet",
    };
}
