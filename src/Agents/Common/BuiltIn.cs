using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Common;

/// <summary>Who publishes the built-in agents, and how they are called.</summary>
internal static class BuiltIn
{
    /// <summary>The provider of every agent in this assembly.</summary>
    public const string Provider = "orkestron";

    /// <summary>Where their work is done: an ISO 3166-1 alpha-2 code.</summary>
    public const string Country = "DE";

    /// <summary>How other agents call an agent: <c>provider/name</c>.</summary>
    public static string FullName(this AgentCard card) => $"{card.Provider}/{card.Name}";
}
