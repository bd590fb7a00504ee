namespace Orkestron.Domain.Agents;

/// <summary>Which versions of an agent may stand in for each other. Pure.</summary>
internal static class VersionCompatibility
{
    /// <summary>
    /// Whether a process of another version may take a step that no run has begun: the agent calls no other agent, and both
    /// versions have the same input, output, recipient and place. Nothing recorded depends on the code then, and what the
    /// task agreed to is kept.
    /// </summary>
    /// <param name="agreed">The version that the task agreed to.</param>
    /// <param name="other">The version of the process.</param>
    public static bool Are(AgentManifest agreed, AgentManifest other) =>
        agreed is { Kind: "worker", Price.CallBudgetMicro: 0 }
        && other is { Kind: "worker", Price.CallBudgetMicro: 0 }
        && other.Transport == agreed.Transport
        && other.Recipient == agreed.Recipient
        && other.Country == agreed.Country
        && agreed.InputSchema.SameAs(other.InputSchema)
        && agreed.OutputSchema.SameAs(other.OutputSchema);
}
