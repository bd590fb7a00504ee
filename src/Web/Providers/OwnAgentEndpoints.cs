using System.Globalization;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Agents;
using Orkestron.Web.Common;
using Orkestron.Web.Hosting;
using Orkestron.Web.Users;

namespace Orkestron.Web.Providers;

/// <summary>What the owner of a provider sees of an agent: its runs, figures and expected earnings.</summary>
internal static class OwnAgentEndpoints
{
    private const int MaxText = 60;
    private const double MaxPerDay = 1_000_000;
    private const int MaxInputBytes = 4_194_304;

    private static readonly Dictionary<string, TimeSpan> Windows = new()
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

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
        long before = 0;
        var wrong = new FieldChecks()
            .That(
                "after",
                after is null || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before),
                "Send the 'next' of the page before.")
            .That("outcome", outcome is null or { Length: > 0 and <= MaxText }, "An outcome is succeeded, failed, or a failure's code.")
            .That("version", version is null or { Length: > 0 and <= MaxText }, "A version has 1 to 60 characters.")
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var (agent, refused) = await OwnAsync(provider, name, context, grains);
        if (refused is not null)
        {
            return refused;
        }

        var page = await agent!.RunsAsync(new RunQuery(
            after is null ? null : before, limit ?? options.Value.PageSize, outcome, version));
        return Results.Ok(new ListOf<AgentRunListing>(
            [.. page.Items.Select(static run => run.ToListing())], page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> MetricsAsync(
        string provider, string name, string? window, HttpContext context, IGrainFactory grains)
    {
        var time = TimeSpan.Zero;
        var wrong = new FieldChecks()
            .That("window", Windows.TryGetValue(window ?? "24h", out time), $"Windows are {string.Join(", ", Windows.Keys)}.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var (agent, refused) = await OwnAsync(provider, name, context, grains);
        return refused ?? Results.Ok((await agent!.MetricsAsync(time)).ToReport());
    }

    private static async Task<IResult> EarningsAsync(
        string provider, string name, double? perDay, int? inputBytes, HttpContext context, IGrainFactory grains)
    {
        var wrong = new FieldChecks()
            .That("perDay", perDay is null or (>= 0 and <= MaxPerDay), $"Reckon with 0 to {MaxPerDay:N0} runs a day.")
            .That("inputBytes", inputBytes is null or (>= 0 and <= MaxInputBytes), $"An input has at most {MaxInputBytes:N0} bytes.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var (agent, refused) = await OwnAsync(provider, name, context, grains);
        return refused ?? (await agent!.EarningsAsync(perDay, inputBytes) is { } earnings
            ? Results.Ok(earnings.ToPreview())
            : AgentEndpoints.Unknown());
    }

    /// <summary>The agent, for its owner; to anyone else these figures do not exist.</summary>
    private static async Task<(IAgentGrain? Agent, IResult? Refused)> OwnAsync(
        string provider, string name, HttpContext context, IGrainFactory grains)
    {
        var own = AgentEndpoints.MayBe(provider, name)
            && await grains.GetGrain<IProviderGrain>(provider).GetAsync() is { } found
            && found.OwnerId == context.RequiredUserId() && found.Agents.Contains(name);
        return own ? (grains.GetGrain<IAgentGrain>($"{provider}/{name}"), null) : (null, AgentEndpoints.Unknown());
    }
}
