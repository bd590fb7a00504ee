using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>An agent that runs in child processes, as the node and the child register it.</summary>
/// <param name="Card">The agent's card. Its first example also warms up each new child process.</param>
/// <param name="Seconds">Processor time that one run may take, from the options.</param>
/// <param name="AddToChild">Adds the agent itself, and what it alone needs, to the services of the child process.</param>
internal sealed record IsolatedRegistration(AgentCard Card, Func<AgentsOptions, int> Seconds, Action<IServiceCollection> AddToChild)
{
    /// <summary>An agent that needs nothing of its own.</summary>
    public static IsolatedRegistration Of<TAgent>(AgentCard card, Func<AgentsOptions, int> seconds)
        where TAgent : class, IAgent =>
        new(card, seconds, static services => services.AddSingleton<IAgent, TAgent>());
}
