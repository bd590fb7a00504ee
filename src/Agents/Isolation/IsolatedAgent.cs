using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>An agent of this assembly in a child process. The agent itself does not know where it runs.</summary>
internal sealed class IsolatedAgent(AgentCard card, WorkerLimits limits, WorkerPool pool) : IIsolatedAgent
{
    /// <summary>Runs admitted at once: many, because the processes themselves are shared out among the users.</summary>
    private const int MaxConcurrency = 16;

    public AgentCard Card { get; } = card with { MaxConcurrency = MaxConcurrency };

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken) =>
        RunAsync(input, context, context.TaskId, cancellationToken);

    public async Task<JsonElement> RunAsync(
        JsonElement input, IAgentContext context, string user, CancellationToken cancellationToken)
    {
        var run = new RunMessage(card.Name, context.TaskId, context.StepId, context.Attempt, context.Now, input);
        var worker = await pool.RentAsync(user, cancellationToken);
        try
        {
            return await worker.CallAsync(run, context, limits, cancellationToken);
        }
        finally
        {
            pool.Return(worker, user);
        }
    }
}
