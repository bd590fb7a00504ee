using System.Globalization;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing;

/// <summary>What only the owner of an agent sees: its runs, metrics and expected earnings.</summary>
internal static class OwnAgentEndpoints
{
    private const int MaxText = 60;
    private const double MaxPerDay = 1_000_000;
    private const int MaxInputBytes = 4_194_304;

    public static void MapOwnAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents/{provider}/{name}").WithTags("Agents").RequireAuthorization(Scopes.Publish);
        agents.MapGet("/runs", RunsAsync).WithSummary("The recent runs of your agent, newest first, without whose they were")
            .Produces<ListOf<AgentRunListing>>().ProducesProblems(400, 401, 403, 404);
        agents.MapGet("/metrics", MetricsAsync).WithSummary("Your agent's figures by version over 1h, 24h, 7d or 30d")
            .Produces<AgentMetricsReport>().ProducesProblems(400, 401, 403, 404);
        agents.MapGet("/earnings", EarningsAsync).WithSummary("What your agent may be expected to earn a day and a month")
            .Produces<EarningsPreview>().ProducesProblems(400, 401, 403, 404);
    }

    private static async Task<IResult> RunsAsync(
        string provider,
        string name,
        string? after,
        int? limit,
        string? outcome,
        string? version,
        HttpContext context,
        IGrainFactory grains,
        IOptions<WebOptions> options)
    {
        var wrong = new FieldChecks()
            .After(ListCursor.Runs, after, out var cursor)
            .That("outcome", outcome is null or { Length: > 0 and <= MaxText }, "An outcome is succeeded, failed, or a failure's code.")
            .That("version", version is null or { Length: > 0 and <= MaxText }, "A version has 1 to 60 characters.")
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        if (await grains.OwnAgentAsync(provider, name, context.RequiredUserId()) is not { } agent)
        {
            return AgentEndpoints.Unknown();
        }

        var page = await agent.RunsAsync(new RunQuery(
            cursor is null ? null : long.Parse(cursor, CultureInfo.InvariantCulture), limit ?? options.Value.PageSize, outcome, version));
        return Results.Ok(new ListOf<AgentRunListing>(
            [.. page.Items.Select(static run => run.ToListing())],
            ListCursor.Runs.Encode(page.Next?.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<IResult> MetricsAsync(
        string provider, string name, string? window, HttpContext context, IGrainFactory grains)
    {
        var time = TimeSpan.Zero;
        var wrong = new FieldChecks()
            .That(
                "window",
                MetricsWindow.TryGet(window ?? MetricsWindow.Default, out time),
                $"Windows are {string.Join(", ", MetricsWindow.Names)}.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        return await grains.OwnAgentAsync(provider, name, context.RequiredUserId()) is { } agent
            ? Results.Ok((await agent.MetricsAsync(time)).ToReport())
            : AgentEndpoints.Unknown();
    }

    private static async Task<IResult> EarningsAsync(
        string provider, string name, double? perDay, int? inputBytes, HttpContext context, IGrainFactory grains)
    {
        var wrong = new FieldChecks()
            .That("perDay", perDay is null or (>= 0 and <= MaxPerDay), $"Estimate with 0 to {MaxPerDay:N0} runs a day.")
            .That("inputBytes", inputBytes is null or (>= 0 and <= MaxInputBytes), $"An input has at most {MaxInputBytes:N0} bytes.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        return await grains.OwnAgentAsync(provider, name, context.RequiredUserId()) is { } agent
            && await agent.EarningsAsync(perDay, inputBytes) is { } earnings
                ? Results.Ok(earnings.ToPreview())
                : AgentEndpoints.Unknown();
    }
}
