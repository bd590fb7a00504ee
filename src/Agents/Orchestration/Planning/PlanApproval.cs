using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>Asks the owner about a plan that nobody has run yet.</summary>
internal static class PlanApproval
{
    private static readonly JsonElement Schema = AgentJson.Parse("""
        {
          "type": "object",
          "properties": {
            "decision": { "title": "Decision", "enum": ["approve", "deny"] },
            "plan": { "title": "Changed plan", "description": "Leave empty to run the plan as it is shown. A changed one is checked first.",
              "type": "object" },
            "note": { "title": "Note", "type": "string", "maxLength": 2000, "x-multiline": true }
          },
          "required": ["decision"],
          "additionalProperties": false
        }
        """);

    public static UserQuestion Question(JsonElement plan, JsonElement report, IReadOnlyList<string> faults)
    {
        var price = report.TryGetProperty("price", out var known) && known.ValueKind == JsonValueKind.Object ? known : default;
        var least = price.ValueKind == JsonValueKind.Object ? price.GetProperty("atLeast").GetString() : "?";
        var most = price.ValueKind == JsonValueKind.Object && price.TryGetProperty("atMost", out var bound) && bound.ValueKind == JsonValueKind.String
            ? $" and at most {bound.GetString()}"
            : "";
        var wrong = faults.Count == 0 ? "" : $" Your change cannot run: {string.Join(' ', faults.Take(3))}";
        var prompt = $"Run this plan? Its calls cost at least {least}{most} tokens, more for long inputs.{wrong}";
        return new UserQuestion(
            prompt.Length <= 2_000 ? prompt : prompt[..2_000],
            Schema,
            AgentJson.Answer(new { plan, price, agents = report.GetProperty("agents") }));
    }

    public static JsonElement? Edited(JsonElement answer) =>
        answer.TryGetProperty("plan", out var plan) && plan.ValueKind == JsonValueKind.Object && plan.EnumerateObject().Any() ? plan : null;

    public static AgentFailedException Denied(JsonElement answer)
    {
        var note = answer.TryGetProperty("note", out var written) ? written.GetString() : null;
        return new AgentFailedException(string.IsNullOrWhiteSpace(note) ? "You denied the plan." : $"You denied the plan: {note}")
        {
            Code = "denied",
        };
    }
}
