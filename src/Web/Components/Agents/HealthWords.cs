using Orkestron.GrainInterfaces.Endpoints;

namespace Orkestron.Web.Components.Agents;

/// <summary>How an agent's endpoint does, in words.</summary>
internal static class HealthWords
{
    public static string Of(EndpointHealth health) => health.State switch
    {
        "up" => "up",
        "down" => "down; steps wait, and it is tried again soon",
        "probing" => "down; a step tries whether it is back",
        _ => "not called yet",
    };
}
