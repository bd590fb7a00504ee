using Orkestron.Domain.Agents;


namespace Orkestron.Grains.Agents;

/// <summary>Which versions may stand in for each other. Pure.</summary>
internal static class VersionCompatibility
{
    /// <summary>
    /// A process of another version may take a step that has not begun, of an agent that calls no other, when both take and
    /// give the same: nothing recorded depends on its code, and what was agreed is kept.
    /// </summary>
    public static bool Are(AgentRun run, AgentManifest other) =>
        run is { Work: { Attempt: 1, Turn: 0 }, Losses: 0 }
        && run.Manifest is { Kind: "worker", Price.CallBudgetMicro: 0 } agreed
        && other is { Kind: "worker", Price.CallBudgetMicro: 0 }
        && other.Transport == agreed.Transport
        && other.Recipient == agreed.Recipient
        && other.Country == agreed.Country
        && agreed.InputSchema.SameAs(other.InputSchema)
        && agreed.OutputSchema.SameAs(other.OutputSchema);
}
