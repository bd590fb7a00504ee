using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Publishing agents.</summary>
internal static class PublishEndpoints
{
    public static void MapPublishing(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents/{provider}/{name}").WithTags("Agents");
        agents.MapPut("", PublishAsync).RequireAuthorization(Scopes.Publish)
            .WithSummary("Publish a version of an agent: served by a process or an HTTP endpoint of yours, or a plan of other agents; claims the provider name")
            .Produces<AgentListing>().ProducesProblems(400, 401, 403, 409, 422, 429);
        agents.MapGet("/versions", VersionsAsync).WithSummary("The versions of an agent, newest first")
            .Produces<ListOf<PublishedVersion>>().ProducesProblems(404);
    }

    private static async Task<IResult> PublishAsync(
        string provider,
        string name,
        PublishAgentRequest body,
        HttpContext context,
        AgentPublishing publishing,
        CancellationToken stop)
    {
        body = PlanPublishing.WithDefaults(body);
        if (Wrong(provider, name, body) is { } wrong)
        {
            return wrong;
        }

        return ProblemResult.From(
            await publishing.PublishAsync(context.RequiredUserId(), provider, name, body, stop),
            static view => Results.Ok(view.ToListing()));
    }

    private static async Task<IResult> VersionsAsync(string provider, string name, HttpContext context, IGrainFactory grains)
    {
        if (await grains.VisibleAgentAsync(provider, name, context.UserId()) is not { Manifest: var current })
        {
            return AgentEndpoints.Unknown();
        }

        var versions = await grains.GetGrain<IAgentGrain>(current.Key).VersionsAsync();
        return Results.Ok(new ListOf<PublishedVersion>(
            [
                .. versions.Select(each => new PublishedVersion(
                    each.Version, each.PublishedAt, each.Digest, each.Price.ToListed(), each.Version == current.Version)),
            ],
            null));
    }

    // Only what the grains' types cannot express; ManifestRules checks the rest.
    private static IResult? Wrong(string provider, string name, PublishAgentRequest body) => new FieldChecks()
        .That("provider", provider.Length <= 40, "A provider's name has 2 to 40 characters.")
        .That("name", name.Length is >= 2 and <= 60, "An agent's name has 2 to 60 characters.")
        .Text("#/version", body.Version, 60)
        .Text("#/title", body.Title, 80)
        .Text("#/summary", body.Summary, 400)
        .Text("#/country", body.Country, 2, 2)
        .That("#/inputSchema", IsSchema(body.InputSchema), "This takes a JSON Schema.")
        .That(
            "#/outputSchema",
            IsSchema(body.OutputSchema) || (body.OutputSchema is null && PlanPublishing.IsPlan(body)),
            "This takes a JSON Schema.")
        .That("#/plan", body.Plan is null || body.PlanYaml is null, "Send the plan either as JSON in `plan` or as text in `planYaml`.")
        .That("#/planYaml", body.PlanYaml is null or { Length: > 0 and <= PlanSchema.MaxPlanBytes }, "A plan has at most 256 KiB.")
        .That(
            "#/examples",
            body.Examples is { Count: > 0 and <= 20 } examples && examples.All(static each =>
                each is { Title: not null, Input.ValueKind: not JsonValueKind.Undefined }),
            "Give 1 to 20 examples, each with a title and an input.")
        .That(
            "#/skills",
            body.Skills is null || (body.Skills.Count <= 20 && body.Skills.All(static skill => skill is not null)),
            "An agent has at most 20 skills.")
        .That(
            "#/candidateShare",
            body.CandidateShare is null or (>= 0 and <= AgentRollout.MaxShare),
            $"A candidate's share is 0 to {AgentRollout.MaxShare} percent; leave it out to make this the current version.")
        .That("#/endpoint", body.Endpoint is null or { Length: > 0 and <= 2_048 }, "An endpoint's address has at most 2,048 characters.")
        .That(
            "#/timeoutSeconds",
            body.TimeoutSeconds is null or (> 0 and <= 86_400),
            "A run takes more than 0 and at most 86,400 seconds.")
        .Problem();

    private static bool IsSchema(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False };
}
