using Orkestron.Contracts.Agents;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing.Rollout;

/// <summary>The rollout of an agent: which versions new tasks run on.</summary>
internal static class RolloutEndpoints
{
    public static void MapRollout(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents/{provider}/{name}/rollout").WithTags("Agents").RequireAuthorization(Scopes.Publish);
        agents.MapGet("", GetAsync).WithSummary("Which versions of your agent new tasks get")
            .Produces<AgentRolloutView>().ProducesProblems(401, 403, 404);
        agents.MapPut("", PutAsync)
            .WithSummary("Promote a candidate, change its share, or bring an earlier version back; running tasks stay on theirs")
            .Produces<AgentRolloutView>().ProducesProblems(400, 401, 403, 404);
    }

    private static async Task<IResult> GetAsync(string provider, string name, HttpContext context, IGrainFactory grains) =>
        await grains.OwnAgentAsync(provider, name, context.RequiredUserId()) is { } agent && await agent.GetRolloutAsync() is { } rollout
            ? Results.Ok(ToView(rollout))
            : AgentEndpoints.Unknown();

    private static async Task<IResult> PutAsync(
        string provider, string name, AgentRolloutRequest body, HttpContext context, IGrainFactory grains)
    {
        var wrong = new FieldChecks()
            .Text("#/current", body.Current, 60)
            .That("#/candidate", body.Candidate is null or { Length: > 0 and <= 60 }, "A version has 1 to 60 characters.")
            .That("#/share", body.Share is null or (>= 0 and <= AgentRollout.MaxShare), $"A share is 0 to {AgentRollout.MaxShare} percent.")
            .That("#/share", body.Candidate is not null || body.Share is null or 0, "A share is a candidate's: name one, or leave it out.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        return await grains.OwnAgentAsync(provider, name, context.RequiredUserId()) is { } agent
            ? ProblemResult.From(
                await agent.SetRolloutAsync(new SetRollout(body.Current!, body.Candidate, body.Share ?? 0)),
                static rollout => Results.Ok(ToView(rollout)))
            : AgentEndpoints.Unknown();
    }

    private static AgentRolloutView ToView(AgentRollout rollout) => new(
        rollout.Current,
        rollout.Candidate,
        rollout.Share,
        rollout.Listed,
        [
            .. rollout.Versions.Select(static each => new RolledVersion(
                each.Version.Version,
                each.Version.PublishedAt,
                each.Version.Digest,
                each.Version.Price.ToListed(),
                each.Kept,
                each.Served)),
        ]);
}
