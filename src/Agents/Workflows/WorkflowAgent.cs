using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Plans.Running;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Workflow;

namespace Orkestron.Agents.Workflows;

/// <summary>Runs a plan that comes with the input, after checking it against the published agents.</summary>
internal sealed class WorkflowAgent(IPlanChecker checker) : IAgent
{
    private const int MaxReported = 5;

    public AgentCard Card => WorkflowCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var draft = Draft(AgentJson.Read<WorkflowInput>(input));
        // Recorded, so that a later run is not refused because an agent has changed in the meantime.
        var report = context is StepContext step
            ? await step.OnceAsync("check", CheckAsync, cancellationToken)
            : await context.SideEffectAsync(CheckAsync, cancellationToken);
        if (report.GetString() is { Length: > 0 } wrong)
        {
            throw Refused(wrong);
        }

        var result = await PlanRunner.RunAsync(PlanText.Read(draft), draft.Input!.Value, context, cancellationToken);
        return context is StepContext { Undoing: true } ? result : AgentJson.Answer(new WorkflowAnswer(result));

        async Task<JsonElement> CheckAsync(CancellationToken stop) =>
            JsonSerializer.SerializeToElement(Faults(draft, (await checker.CheckAsync(draft, stop)).Report));
    }

    private static PlanDraft Draft(WorkflowInput request)
    {
        var given = request.Input ?? JsonSerializer.SerializeToElement(new { });
        return request switch
        {
            { Plan: { } plan, Yaml: null } => new PlanDraft { Plan = plan, Input = given },
            { Plan: null, Yaml: { } yaml } => new PlanDraft { Yaml = yaml, Input = given },
            _ => throw Refused("Send the plan once: as `plan`, JSON, or as `yaml`, a text."),
        };
    }

    // JSON is rewritten on its way here: only YAML still has the lines that the sender wrote.
    private static string Faults(PlanDraft draft, PlanReport report) => string.Join(' ', report.Faults.Take(MaxReported).Select(fault =>
        $"plan{fault.Path}{(draft.Yaml is not null && fault.Line is { } line ? $" (line {line}, column {fault.Column})" : "")}: {fault.Message}"));

    private static AgentRefusedException Refused(string message) => new(message) { Code = "plan_invalid" };
}
