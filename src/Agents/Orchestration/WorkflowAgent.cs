using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration;

/// <summary>Runs a plan that comes with its input.</summary>
internal sealed class WorkflowAgent : IAgent
{
    public AgentCard Card => WorkflowCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        if (!input.TryGetProperty("plan", out var written))
        {
            throw new AgentRefusedException("There is no plan: send {plan, input}.") { Code = "plan_invalid" };
        }

        var (plan, faults) = PlanReader.Read(written);
        if (plan is null)
        {
            throw new AgentRefusedException(string.Join(' ', faults.Take(5).Select(static fault =>
                $"{(fault.Path.Length == 0 ? "plan" : "plan" + fault.Path)}: {fault.Message}")))
            {
                Code = "plan_invalid",
            };
        }

        var given = input.TryGetProperty("input", out var value) ? value : JsonSerializer.SerializeToElement(new { });
        var result = await PlanRunner.RunAsync(plan, given, context, cancellationToken);
        return JsonSerializer.SerializeToElement(new { result });
    }
}
