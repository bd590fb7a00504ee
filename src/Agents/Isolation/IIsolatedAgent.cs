using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>An agent whose calls run in child processes, which the users share fairly.</summary>
public interface IIsolatedAgent : IAgent
{
    /// <summary>Runs a call for a user; see <see cref="IAgent.RunAsync"/>.</summary>
    /// <param name="input">The input.</param>
    /// <param name="context">The call's context.</param>
    /// <param name="user">Whose call it is. Calls of one user wait for each other when there are many.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, string user, CancellationToken cancellationToken);
}
