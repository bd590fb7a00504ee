using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Plans;

/// <summary>Checks plans, and serves their JSON Schema.</summary>
internal static class PlanEndpoints
{
    private static readonly TimeSpan SchemaAge = TimeSpan.FromHours(1);

    public static void MapPlans(this IEndpointRouteBuilder api) =>
        api.MapPost("/plans/check", CheckAsync).RequireAuthorization(Scopes.Read).WithTags("Plans")
            .WithSummary("Check a plan without running it: its form, its agents, whether its data fits, and its price")
            .Produces<PlanReport>().ProducesProblems(400, 401, 429);

    /// <summary>The schema for editors. It is outside the versioned API because people refer to its address in their files.</summary>
    public static void MapPlanSchema(this IEndpointRouteBuilder app) =>
        app.MapGet("/schemas/plan-1.json", static (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = $"public, max-age={(int)SchemaAge.TotalSeconds}";
            return Results.Bytes(PlanSchema.Utf8, "application/schema+json");
        }).WithTags("Plans").WithSummary("The JSON Schema of plans").Produces(200, contentType: "application/schema+json");

    private static async Task<IResult> CheckAsync(PlanCheckRequest body, IPlanChecker checker, CancellationToken stop)
    {
        var wrong = new FieldChecks()
            .That("#/plan", (body.Plan is null) != (body.Yaml is null), "Send the plan either as JSON in `plan` or as text in `yaml`.")
            .That("#/yaml", body.Yaml is null or { Length: <= PlanSchema.MaxPlanBytes }, "A plan has at most 256 KiB.")
            .That(
                "#/inputSchema",
                body.InputSchema is null or { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False },
                "This takes a JSON Schema.")
            .Problem();
        return wrong ?? Results.Ok((await checker.CheckAsync(
            new PlanDraft { Plan = body.Plan, Yaml = body.Yaml, InputSchema = body.InputSchema }, stop)).Report);
    }
}

/// <summary>A plan to check.</summary>
/// <param name="Plan">As JSON; lines and columns are counted in its text.</param>
/// <param name="Yaml">As YAML, instead.</param>
/// <param name="InputSchema">JSON Schema of what the plan refers to as /input; left out when it is unknown.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PlanCheckRequest(JsonElement? Plan = null, string? Yaml = null, JsonElement? InputSchema = null);
