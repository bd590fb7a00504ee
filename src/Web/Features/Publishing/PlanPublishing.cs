using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Plans;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Publishes plans as agents. A plan is checked as a whole before it is published.</summary>
internal sealed class PlanPublishing(IPlanChecker checker)
{
    private const int DefaultConcurrency = 64;
    private const int DefaultTimeoutSeconds = 1_800;

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
            .That("#/outputSchema", output is not null, "Describe the output of the plan: it does not follow from the agents that the plan calls.")
            .That(
                "#/price/callBudget",
                budget >= report.Price!.AtLeast,
                $"The plan's calls cost at least {report.Price.AtLeast} tokens: set at least that much aside for each run.")
            .That("#/endpoint", body.Endpoint is null, "A plan runs inside the platform, so it has no endpoint. Leave this out.")
            .That("#/recipient", body.Recipient is null, "A plan runs inside the platform; each agent that it calls names its own recipients. Leave this out.")
            .Refusal();
        return wrong is not null
            ? wrong
            : new Planned(json!.Value.ToPayload(), output!.Value, [.. report.Agents.Select(static each => each.Agent)]);
    }

    /// <summary>A plan that passed its checks.</summary>
    /// <param name="Json">The plan.</param>
    /// <param name="OutputSchema">The schema of its output.</param>
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

    /// <summary>Fills in the defaults of a plan for the fields that the request leaves out.</summary>
    public static PublishAgentRequest WithDefaults(PublishAgentRequest body) => IsPlan(body)
        ? body with
        {
            Kind = body.Kind ?? "orchestrator",
            MaxConcurrency = body.MaxConcurrency ?? DefaultConcurrency,
            TimeoutSeconds = body.TimeoutSeconds ?? DefaultTimeoutSeconds,
        }
        : body;
}
