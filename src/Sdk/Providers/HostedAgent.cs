using Orkestron.Contracts.Agents;

namespace Orkestron.Sdk.Providers;

/// <summary>An agent and how many of its steps this process runs at once.</summary>
internal sealed record HostedAgent(IAgent Agent, int Capacity)
{
    public string Key => $"{Agent.Card.Provider}/{Agent.Card.Name}";
}
