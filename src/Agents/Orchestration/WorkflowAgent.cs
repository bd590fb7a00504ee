using System.Text.Json;
using Orkestron.Agents.Documents;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration;

/// <summary>Runs a plan that comes with its input.</summary>
internal sealed class WorkflowAgent : IAgent
{
    public AgentCard Card => WorkflowCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var (plan, faults) = PlanReader.Read(Written(input));
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

    private static JsonElement Written(JsonElement input) =>
        (input.TryGetProperty("plan", out var plan), input.TryGetProperty("yaml", out var yaml)) switch
        {
            (true, false) => plan,
            // A mistake in the YAML itself is refused with its line.
            (false, true) => JsonSerializer.SerializeToElement(YamlReader.Read(yaml.GetString() ?? "", [])),
            _ => throw new AgentRefusedException("Send the plan once: as `plan`, JSON, or as `yaml`, a text.")
            {
                Code = "plan_invalid",
            },
        };
}
