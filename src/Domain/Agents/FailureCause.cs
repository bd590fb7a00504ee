
namespace Orkestron.Domain.Agents;

/// <summary>Who caused a run to fail: the user or the agent. Pure.</summary>
internal static class FailureCause
{
    // Failures of plans that users wrote, or of answers that they gave. Only the platform's own agents are trusted with these
    // codes: others could give any failure such a code.
    private static readonly HashSet<string> UsersCodes = new(StringComparer.Ordinal)
    {
        "denied", "no_quorum", "vote_tied", "plan_invalid", "plan_not_a_list", "plan_reference_empty", "budget_exhausted",
        "task_canceled",
    };

    /// <summary>
    /// Whether the input, or the user who gave it, caused the failure: the agent refused it (a script or SQL that fails, a text
    /// that is empty). Such runs are counted apart and do not lower the agent's share of successes.
    /// </summary>
    /// <param name="failure">Why there is no answer; null for an answer.</param>
    /// <param name="transport">How the agent is reached: one of <see cref="AgentTransports"/>.</param>
    public static bool IsUsers(StepFailure? failure, string transport) => failure is not null
        && (failure.Refused
            || (transport is AgentTransports.BuiltIn or AgentTransports.Plan && UsersCodes.Contains(failure.Code)));
}
