using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Workflow;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Asks the task's owner to approve, edit or deny.</summary>
internal static class Approval
{
    private static readonly JsonElement Schema = AgentJson.Parse("""
        {
          "type": "object",
          "properties": {
            "decision": { "title": "Decision", "enum": ["approve", "deny"] },
            "note": { "title": "Note", "description": "Goes with your decision to the steps after it.", "type": "string",
              "maxLength": 2000, "x-multiline": true },
            "edited": { "title": "Edited", "description": "What to go on with instead, as JSON. Leave empty to keep it as it is." }
          },
          "required": ["decision"],
          "additionalProperties": false
        }
        """);

    /// <summary>The value to continue with: what was shown, or the owner's edit.</summary>
    /// <exception cref="AgentFailedException">Denied.</exception>
    public static async Task<JsonElement> AskAsync(
        ApproveStep step, PlanScope scope, IAgentContext context, CancellationToken cancellationToken)
    {
        var subject = step.Subject is { } template ? PlanTemplate.Fill(template, scope) : (JsonElement?)null;
        var answer = await context.AskUserAsync(new UserQuestion(step.Prompt, Schema, subject), cancellationToken);
        var note = answer.TryGetProperty("note", out var written) ? written.GetString() : null;
        if (answer.GetProperty("decision").GetString() != "approve")
        {
            throw new AgentFailedException($"You denied {step.Id}{(string.IsNullOrWhiteSpace(note) ? "." : ": " + note)}")
            {
                Code = "denied",
            };
        }

        var value = answer.TryGetProperty("edited", out var edited) && edited.ValueKind != JsonValueKind.Null ? edited : subject;
        return JsonSerializer.SerializeToElement(new { approved = true, value, note });
    }
}
