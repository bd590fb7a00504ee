using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Publishing.Own;

/// <summary>Whether an agent of a provider can be reached: a text and a colour. Pure.</summary>
/// <param name="Tone"><c>good</c>, <c>bad</c>, <c>wait</c> or <c>off</c>.</param>
/// <param name="Text">The text for people.</param>
public sealed record AgentStatus(string Tone, string Text)
{
    public static AgentStatus Of(AgentView agent, DateTimeOffset now) => agent switch
    {
        { Health: { } health } => new(
            health.State switch { "up" => "good", "down" => "bad", "probing" => "wait", _ => "off" }, HealthLabels.Of(health, now)),
        { Connected: { Processes: 1 } one } => new("good", $"1 worker, {one.Capacity} at once"),
        { Connected: { Processes: > 1 } there } => new("good", $"{there.Processes} workers, {there.Capacity} at once"),
        { Manifest.Transport: AgentTransports.Plan } => new("good", "A plan, run by the platform"),
        { Connected.LastSeenAt: { } seen } => new("wait", $"No worker running, last seen {Format.Ago(now - seen)}"),
        _ => new("wait", "No worker running"),
    };
}
