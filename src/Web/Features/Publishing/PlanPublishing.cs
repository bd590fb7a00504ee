using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Plans;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Publishing plans as agents: a plan is checked as a whole before it is taken.</summary>
internal sealed class PlanPublishing(IPlanChecker checker)
{
    private const int RunsAtOnce = 64;
    private const int RunSeconds = 1_800;

    public static bool IsPlan(PublishAgentRequest body) => body.Plan is not null || body.PlanYaml is not null;

    /// <summary>Reads and checks the plan of a request.</summary>
    public async Task<Outcome<Planned>> ReadAsync(string agent, PublishAgentRequest body, CancellationToken stop)
    {
        var (report, json) = await checker.CheckAsync(
            new PlanDraft
            {
                Plan = body.Plan,
                Yaml = body.PlanYaml,
                InputSchema = body.InputSchema,
                OutputSchema = body.OutputSchema,
                Agent = agent,
            },
            stop);
        if (!report.Valid)
        {
            return PlanProblems.Of(report, body.PlanYaml is null ? "plan" : "planYaml");
        }

        var output = body.OutputSchema ?? report.OutputSchema;
        var budget = body.Price?.CallBudget ?? default;
        var wrong = new FieldChecks()
            .That("#/outputSchema", output is not null, "Say what the plan answers: the agents that it calls do not say enough to tell.")
            .That(
                "#/price/callBudget",
                budget >= report.Price!.AtLeast,
                $"The plan's calls cost {report.Price.AtLeast} tokens at least: set aside as much for each run.")
            .That("#/endpoint", body.Endpoint is null, "A plan runs inside the platform: it has no endpoint.")
            .That("#/recipient", body.Recipient is null, "A plan runs inside the platform; each agent that it calls says where it sends what it gets.")
            .Refusal();
        return wrong is not null
            ? wrong
            : new Planned(json!.Value.ToPayload(), output!.Value, [.. report.Agents.Select(static each => each.Agent)]);
    }

    /// <summary>A plan that may be published.</summary>
    /// <param name="Json">The plan.</param>
    /// <param name="OutputSchema">What it answers.</param>
    /// <param name="Calls">The agents that it calls.</param>
    internal sealed record Planned(Payload Json, JsonElement OutputSchema, string[] Calls)
    {
        public AgentManifest Apply(AgentManifest manifest) => manifest with
        {
            Transport = AgentTransports.Plan,
            Plan = Json,
            Calls = [.. Calls],
        };
    }

    /// <summary>What a plan gets where its publisher says nothing.</summary>
    public static PublishAgentRequest WithDefaults(PublishAgentRequest body) => IsPlan(body)
        ? body with
        {
            Kind = body.Kind ?? "orchestrator",
            MaxConcurrency = body.MaxConcurrency ?? RunsAtOnce,
            TimeoutSeconds = body.TimeoutSeconds ?? RunSeconds,
        }
        : body;
}
