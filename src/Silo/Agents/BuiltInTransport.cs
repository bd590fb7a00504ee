using Orkestron.Contracts.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>
/// Runs the agents of this process. There is one version of their code here: a task that agreed to another one runs in it, and
/// its answer is held against the schema that it agreed to.
/// </summary>
internal sealed class BuiltInTransport(IEnumerable<IAgent> agents, InProcess process) : IAgentTransport
{
    private readonly Dictionary<string, IAgent> _agents =
        agents.ToDictionary(static agent => $"{agent.Card.Provider}/{agent.Card.Name}", StringComparer.Ordinal);

    public string Name => AgentTransports.BuiltIn;

    public Task<AgentAnswer> RunAsync(
        StepWork work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken) =>
        _agents.TryGetValue(work.Agent, out var agent)
            ? process.RunAsync(work, reporter, (input, context) => agent.RunAsync(input, context, cancellationToken))
            : Task.FromResult(new AgentAnswer(null, new StepFailure(
                "agent_unavailable", $"This node does not run {work.Agent}.", Retryable: true, Refused: false, null)));
}
