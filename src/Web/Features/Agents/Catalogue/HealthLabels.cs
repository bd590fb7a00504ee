using Orkestron.Domain.Endpoints;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>How an agent's endpoint does, in words.</summary>
internal static class HealthLabels
{
    public static string Of(EndpointHealth health, DateTimeOffset now) => health switch
    {
        { State: "up", CheckedAt: { } at } => $"Up, checked {Format.Ago(now - at)}",
        { State: "up" } => "Up",
        { State: "down", RetryAt: not null } => "Down; steps wait, and it is tried again soon",
        { State: "down", CheckedAt: { } at } => $"Down: it did not answer {Format.Ago(now - at)}",
        { State: "down" } => "Down",
        { State: "probing" } => "Down; a step tries whether it is back",
        { CheckedAt: { } at } => $"Not checked since {Format.Instant(at)}",
        _ => "Not called yet",
    };
}
