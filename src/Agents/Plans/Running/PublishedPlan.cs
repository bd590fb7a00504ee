using System.Runtime.CompilerServices;
using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Runs plans that were published as agents, and so were checked.</summary>
public static class PublishedPlan
{
    // The same version is run again and again: the parsed plan is kept with its bytes.
    private static readonly ConditionalWeakTable<byte[], Plan> Read = [];

    /// <summary>Runs a plan on an input to its answer.</summary>
    /// <param name="plan">The plan as UTF-8 JSON.</param>
    /// <param name="input">What the plan refers to as /input.</param>
    /// <param name="context">Records the plan's calls, waits and questions.</param>
    /// <param name="cancellationToken">Cancelled when the answer is no longer wanted.</param>
    /// <exception cref="AgentFailedException">A step failed, or an agent it calls has changed so that the plan does not fit it.</exception>
    public static Task<JsonElement> RunAsync(
        byte[] plan, JsonElement input, IAgentContext context, CancellationToken cancellationToken) =>
        PlanRunner.RunAsync(
            Read.GetValue(plan, static bytes => PlanText.Read(JsonElement.Parse(bytes))), input, context, cancellationToken);
}
