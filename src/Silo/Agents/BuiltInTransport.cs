using Orkestron.Agents.Isolation;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Silo.Agents;

/// <summary>
/// Runs the agents of this process. It has one version of their code: a task that agreed to another version runs in it, and
/// its output is checked against the agreed schema.
/// </summary>
internal sealed class BuiltInTransport(IEnumerable<IAgent> agents, InProcess process) : IAgentTransport
{
    private readonly Dictionary<string, IAgent> _agents =
        agents.ToDictionary(static agent => $"{agent.Card.Provider}/{agent.Card.Name}", StringComparer.Ordinal);

    // Calls in child processes may take long: no user may occupy more than this part of an agent's slots.
    private const int PartsOfCapacity = 4;

    public string Name => AgentTransports.BuiltIn;

    public Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken) =>
        _agents.TryGetValue(work.Agent, out var agent)
            ? process.RunAsync(work, reporter, (input, context) => agent is IIsolatedAgent isolated
                ? isolated.RunAsync(input, context, UserOf(work), cancellationToken)
                : agent.RunAsync(input, context, cancellationToken))
            : Task.FromResult(new AgentAnswer(null, new StepFailure(
                "agent_unavailable", $"This node does not run {work.Agent}.", Retryable: true, Refused: false, null)));

    public int? MaxPerUser(AgentManifest manifest) =>
        _agents.TryGetValue(manifest.Key, out var agent) && agent is IIsolatedAgent
            ? Math.Max(1, manifest.MaxConcurrency / PartsOfCapacity)
            : null;

    private static string UserOf(WorkItem work) => (work.OwnerId == Guid.Empty ? work.TaskId : work.OwnerId).ToString();
}
