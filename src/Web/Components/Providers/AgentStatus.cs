using Orkestron.GrainInterfaces.Agents;
using Orkestron.Web.Components.Agents;

namespace Orkestron.Web.Components.Providers;

/// <summary>Whether an agent of a provider can be reached, in words and as a tone. Pure.</summary>
/// <param name="Tone"><c>good</c>, <c>bad</c>, <c>wait</c> or <c>off</c>.</param>
/// <param name="Words">For people.</param>
public sealed record AgentStatus(string Tone, string Words)
{
    public static AgentStatus Of(AgentView agent) => agent switch
    {
        { Health: { } health } => new(
            health.State switch { "up" => "good", "down" => "bad", "probing" => "wait", _ => "off" }, HealthWords.Of(health)),
        { Connected: { Processes: 1 } one } => new("good", $"1 process, capacity {one.Capacity}"),
        { Connected: { Processes: > 1 } there } => new("good", $"{there.Processes} processes, capacity {there.Capacity}"),
        { Manifest.Transport: AgentTransports.Plan } => new("good", "a plan, run by the platform"),
        _ => new("off", "not connected"),
    };
}
