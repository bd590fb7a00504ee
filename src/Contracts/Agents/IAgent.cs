using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>
/// A unit of work that can be published: its card says what it takes, gives and costs. Written the same way inside the
/// platform and at a provider's.
/// </summary>
public interface IAgent
{
    /// <summary>What the agent is, takes, gives and costs. Does not change while the process runs.</summary>
    AgentCard Card { get; }

    /// <summary>
    /// Does the work once. May be run again after a crash with the same input, so it has no effect but its answer and
    /// what it does through the context.
    /// </summary>
    /// <param name="input">Valid against <see cref="AgentCard.InputSchema"/>.</param>
    /// <param name="context">To report progress, to stream partial output and to call other agents.</param>
    /// <param name="cancellationToken">Cancelled when the task is cancelled or its deadline passes.</param>
    /// <returns>The answer, valid against <see cref="AgentCard.OutputSchema"/>.</returns>
    /// <exception cref="AgentRefusedException">The input cannot be worked on; nothing is charged, nothing retried.</exception>
    /// <exception cref="AgentFailedException">The work failed; retried when the exception says so.</exception>
    Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken);
}
