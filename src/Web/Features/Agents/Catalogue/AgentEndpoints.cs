using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>Finding agents. Open to everyone.</summary>
internal static class AgentEndpoints
{
    private static readonly string[] Sorts = ["relevance", "name", "price", "newest"];
    private static readonly string[] Kinds = ["worker", "orchestrator", "reviewer"];

    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("", ListAsync).WithSummary("Find agents by text, skill, kind and price")
            .Produces<AgentList>().ProducesProblems(400);
        agents.MapGet("/{provider}/{name}", GetAsync).WithSummary("One agent with its schemas, examples and price")
            .Produces<AgentListing>().ProducesProblems(404);
        agents.MapGet("/{provider}/{name}/stats", StatsAsync).WithSummary("The statistics of an agent: of all runs and of recent runs")
            .Produces<AgentFigures>().ProducesProblems(404);
    }

    private static async Task<IResult> ListAsync(
        string? q,
        string? skill,
        string? kind,
        string? maxPrice,
        string? sort,
        string? after,
        int? limit,
        IGrainFactory grains,
        IOptions<WebOptions> options)
    {
        var priced = Tokens.TryParse(maxPrice, out var most);
        var wrong = new FieldChecks()
            .That("q", q is null or { Length: <= 200 }, "Search words have at most 200 characters.")
            .That("kind", kind is null || Kinds.Contains(kind), $"Kinds are {string.Join(", ", Kinds)}.")
            .That("sort", sort is null || Sorts.Contains(sort), $"Sort by {string.Join(", ", Sorts)}.")
            .That("maxPrice", maxPrice is null || priced, "A price is a decimal number of tokens, like 0.25.")
            .After(ListCursor.Agents, after, out var cursor)
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var page = await grains.GetGrain<IAgentRegistryGrain>(0).SearchAsync(new AgentQuery(
            q, skill, kind, priced ? most.Micro : null, sort ?? "relevance", cursor, limit ?? options.Value.PageSize));
        return Results.Ok(new AgentList(
            [.. page.Items.Select(static agent => agent.ToListing())], ListCursor.Agents.Encode(page.Next), page.Total, page.Skills));
    }

    private static async Task<IResult> GetAsync(string provider, string name, HttpContext context, IGrainFactory grains) =>
        await grains.VisibleAgentAsync(provider, name, context.UserId()) is { } agent ? Results.Ok(agent.ToListing()) : Unknown();

    private static async Task<IResult> StatsAsync(string provider, string name, HttpContext context, IGrainFactory grains) =>
        await grains.VisibleAgentAsync(provider, name, context.UserId()) is { } agent ? Results.Ok(agent.Stats.ToFigures()) : Unknown();

    /// <summary>Whether there can be an agent of this name. Checked first because each look-up activates a grain.</summary>
    public static bool IsValidName(string provider, string name) => IsName(provider, 40) && IsName(name, 60);

    private static bool IsName(string text, int most) =>
        text.Length >= 1 && text.Length <= most && text.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '.' or '_');

    /// <summary>The answer when there is no such agent.</summary>
    public static IResult Unknown() => ProblemResult.Of(Refuse.With(
        RefusalCode.AgentNotFound, "There is no agent of this name. GET /api/v1/agents lists them."));
}
