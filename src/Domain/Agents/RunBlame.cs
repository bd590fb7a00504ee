using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Agents;

/// <summary>Whose doing it is that a run gave no answer. Pure.</summary>
internal static class RunBlame
{
    // What users bring about with plans of their own, or by their answers. Only the platform's agents are believed: others
    // could call any failure so.
    private static readonly HashSet<string> UsersCodes = new(StringComparer.Ordinal)
    {
        "denied", "no_quorum", "vote_tied", "plan_invalid", "plan_not_a_list", "plan_reference_empty", "budget_exhausted",
        "task_canceled",
    };

    /// <summary>
    /// Whether the input, or its owner, is the cause: the agent refused it (a script or SQL that fails, a text that is empty).
    /// Such runs are told apart and do not lower the share that succeeds.
    /// </summary>
    /// <param name="failure">Why there is no answer; null for an answer.</param>
    /// <param name="transport">How the agent is reached: one of <see cref="AgentTransports"/>.</param>
    public static bool IsUsers(StepFailure? failure, string transport) => failure is not null
        && (failure.Refused
            || (transport is AgentTransports.BuiltIn or AgentTransports.Plan && UsersCodes.Contains(failure.Code)));
}
