using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>An agent that runs in child processes, as the node and the child register it.</summary>
/// <param name="Name">The name of the agent, as in its card.</param>
/// <param name="Card">The agent's card, made in the node alone. Its first example also warms up each new child process.</param>
/// <param name="Seconds">Processor time that one run may take, from the options.</param>
/// <param name="AddToChild">
/// Adds the agent itself, under its name, and what it alone needs, to the services of the child process.
/// </param>
internal sealed record IsolatedRegistration(
    string Name, Func<AgentCard> Card, Func<AgentsOptions, int> Seconds, Action<IServiceCollection> AddToChild)
{
    /// <summary>An agent that needs nothing of its own.</summary>
    public static IsolatedRegistration Of<TAgent>(string name, Func<AgentCard> card, Func<AgentsOptions, int> seconds)
        where TAgent : class, IAgent =>
        new(name, card, seconds, services => services.AddKeyedSingleton<IAgent, TAgent>(name));
}
