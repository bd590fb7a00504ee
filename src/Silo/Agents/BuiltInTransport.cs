using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Agents;
using Orkestron.Silo.Artifacts;

namespace Orkestron.Silo.Agents;

/// <summary>Runs the agents of this process.</summary>
internal sealed class BuiltInTransport(
    IEnumerable<IAgent> agents,
    IGrainFactory grains,
    ArtifactFiles files,
    TimeProvider clock,
    IOptions<AgentOptions> options) : IAgentTransport
{
    private const int MaxMessage = 2_000;

    private readonly Dictionary<string, IAgent> _agents =
        agents.ToDictionary(static agent => $"{agent.Card.Provider}/{agent.Card.Name}", StringComparer.Ordinal);

    public string Name => "built-in";

    public async Task<AgentAnswer> RunAsync(
        StepWork work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (!_agents.TryGetValue(work.Agent, out var agent))
        {
            return Failed("agent_unavailable", $"This node does not run {work.Agent}.", retryable: true);
        }

        using var input = JsonDocument.Parse(work.Input.Utf8);
        var context = new StepContext(
            new StepIdentity(
                work.TaskId.ToString(),
                work.StepId.ToString(CultureInfo.InvariantCulture),
                work.Attempt,
                work.RequestedAt,
                clock,
                options.Value.SuspendAfter),
            new BuiltInPort(work, reporter, grains.Get<ITaskStepsGrain>(work.TaskId), files, clock));
        try
        {
            var output = await agent.RunAsync(input.RootElement, context, cancellationToken);
            return new AgentAnswer(new Payload(JsonSerializer.SerializeToUtf8Bytes(output)), null);
        }
        catch (AgentSuspendedException)
        {
            return AgentAnswer.Suspended;
        }
        catch (AgentRefusedException refused)
        {
            return new AgentAnswer(null, new StepFailure(refused.Code, Cut(refused.Message), false, true, null));
        }
        catch (AgentFailedException failed)
        {
            return new AgentAnswer(
                null, new StepFailure(failed.Code, Cut(failed.Message), failed.Retryable, false, failed.RetryAfter));
        }
    }

    private static AgentAnswer Failed(string code, string message, bool retryable) =>
        new(null, new StepFailure(code, message, retryable, false, null));

    private static string Cut(string message) => message.Length <= MaxMessage ? message : message[..MaxMessage];
}
