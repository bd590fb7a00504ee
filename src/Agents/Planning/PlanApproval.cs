using System.Globalization;
using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Workflow;

namespace Orkestron.Agents.Planning;

/// <summary>Asks the owner to approve a plan before it runs: a description first, the plan itself below.</summary>
internal static class PlanApproval
{
    private const int MaxPrompt = 2_000;
    private const int MaxLine = 200;

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

    /// <param name="proposal">The plan, and what of the goal is not in it.</param>
    /// <param name="report">What the check of the plan found.</param>
    /// <param name="faults">What is wrong with the owner's last change.</param>
    /// <param name="held">What is held for calls when the task names no budget.</param>
    public static UserQuestion Question(Proposal proposal, PlanReport report, IReadOnlyList<string> faults, Tokens held)
    {
        var steps = Steps(proposal, report);
        var lines = new List<string> { First(report.Price, faults) };
        lines.AddRange(steps.Select(static step =>
            $"{step.Step}. {step.Title}{(step.Does.Length > 0 ? $": {step.Does}" : "")} "
            + $"({step.Agent}, {step.Price} tokens{(step.Beside ? ", at the same time as others" : "")})"));
        lines.AddRange(proposal.LeftOut.Select(static left => $"Not in the plan: '{left.Part}': {left.Why}."));
        lines.AddRange(proposal.Assumed);
        if (proposal.Unclear.Count > 0)
        {
            lines.Add($"No agent of the plan mentions these words of your goal: {string.Join(", ", proposal.Unclear)}. Check that the plan does what you mean.");
        }

        if (report.Price is { } price && (price.AtMost ?? price.AtLeast) is var most && most.Micro > held.Micro)
        {
            lines.Add($"Held for its calls are {held} tokens, if your task named no budget. If that is too little, run it again with a budgetTokens of at least {new Tokens(most.Micro + PlannerCard.Card.Price.PerCall.Micro)}.");
        }

        return new UserQuestion(
            Cut(string.Join('\n', lines.Select(static line => Cut(Line(line), MaxLine * 2))), MaxPrompt),
            Schema,
            AgentJson.Answer(new
            {
                plan = proposal.Plan,
                price = report.Price,
                agents = report.Agents,
                steps,
                leftOut = proposal.LeftOut,
                assumed = proposal.Assumed,
                unclear = proposal.Unclear,
            }));
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

    private static string First(PlanPrice? price, IReadOnlyList<string> faults)
    {
        var most = price?.AtMost is { } bound ? $" and at most {bound}" : "";
        var wrong = faults.Count == 0 ? "" : $" Your change cannot run: {string.Join(' ', faults.Take(3))}";
        return $"Run this plan? Its calls cost at least {price?.AtLeast.ToString() ?? "?"}{most} tokens, more for long inputs.{wrong}";
    }

    private static List<ApprovedStep> Steps(Proposal proposal, PlanReport report)
    {
        var read = PlanReader.Read(proposal.Plan!.Value).Plan;
        var steps = new List<ApprovedStep>();
        foreach (var (agent, path) in read is null ? [] : PlanCalls.Of(read.Steps))
        {
            var known = report.Agents.FirstOrDefault(each => each.Agent == agent);
            var does = steps.Count < proposal.Calls.Count && proposal.Calls[steps.Count].Agent == agent
                ? proposal.Calls[steps.Count].Does
                : "";
            var price = known is null ? "?" : new Tokens(known.Price.PerCall.Micro + known.Price.PerThousandCharacters.Micro).ToString();
            steps.Add(new ApprovedStep(
                (steps.Count + 1).ToString(CultureInfo.InvariantCulture), agent, Cut(known?.Title ?? agent, 80), Cut(does, MaxLine), price,
                path.Contains("/parallel/", StringComparison.Ordinal)));
        }

        return steps;
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : TextCut.Head(text, most - 3) + "...";

    /// <param name="Step">1 for the first.</param>
    /// <param name="Agent">Provider and name.</param>
    /// <param name="Title">The agent's name for people.</param>
    /// <param name="Does">The part of the goal, in its words; empty when it is not known.</param>
    /// <param name="Price">What a call with up to 1,000 bytes costs, in tokens.</param>
    /// <param name="Beside">Whether it runs at the same time as others.</param>
    private sealed record ApprovedStep(string Step, string Agent, string Title, string Does, string Price, bool Beside);
}
