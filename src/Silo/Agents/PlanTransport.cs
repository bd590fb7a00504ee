using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Running;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Silo.Agents;

/// <summary>Runs plans that were published as agents, in the version that the task agreed to.</summary>
internal sealed class PlanTransport(InProcess process) : IAgentTransport
{
    public string Name => AgentTransports.Plan;

    public Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken) =>
        process.RunAsync(work, reporter, (input, context) =>
            PublishedPlan.RunAsync(manifest.Plan!.Utf8, input, context, cancellationToken));
}
