using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Which exceptions are failures of an agent, to be handled by the plan. All others end the run.</summary>
internal static class Failures
{
    public static bool Is(Exception fault) => fault is AgentFailedException or AgentRefusedException;
}
