using Orkestron.Contracts.Common;
using Orkestron.Contracts.Endpoints;
using Orkestron.Domain;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>The origins of a provider's HTTP agents.</summary>
internal static class EndpointRoutes
{
    private const int MaxId = 260;

    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/providers/{provider}/endpoints").WithTags("Endpoints")
            .RequireAuthorization(Scopes.Publish);
        endpoints.MapPost("", RegisterAsync)
            .WithSummary("Register an origin for HTTP agents; answers with its challenge and, this once, its signing secret")
            .Produces<EndpointSecret>(StatusCodes.Status201Created).ProducesProblems(400, 401, 403, 409, 422, 429);
        endpoints.MapGet("", ListAsync).WithSummary("Your origins and whether your ownership of them is proved")
            .Produces<ListOf<ProviderEndpoint>>().ProducesProblems(401, 403, 404);
        endpoints.MapPost("/{id}/verify", VerifyAsync).WithSummary("Check the challenge of an origin now")
            .Produces<ProviderEndpoint>().ProducesProblems(401, 403, 404, 409);
        endpoints.MapPost("/{id}/rotate-secret", RotateAsync)
            .WithSummary("Make a new signing secret; the previous one stays valid for a day")
            .Produces<EndpointSecret>().ProducesProblems(401, 403, 404);
        endpoints.MapDelete("/{id}", RemoveAsync).WithSummary("Remove an origin; its agents are no longer called")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 403, 404);
    }

    private static async Task<IResult> RegisterAsync(
        string provider, RegisterEndpointRequest body, HttpContext context, IGrainFactory grains)
    {
        var wrong = new FieldChecks()
            .That("provider", provider.Length <= 40, "A provider's name has 2 to 40 characters.")
            .Text("#/origin", body.Origin, 2_048)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var claimed = await grains.GetGrain<IProviderNamesGrain>(context.RequiredUserId()).ClaimAsync(provider);
        if (!claimed.Accepted)
        {
            return ProblemResult.Of(claimed.Refusal);
        }

        var registered = await grains.Get<IProviderEndpointsGrain>(provider).RegisterAsync(body.Origin!);
        return ProblemResult.From(registered, created => Results.Json(
            created.ToSecret(), statusCode: StatusCodes.Status201Created));
    }

    private static async Task<IResult> ListAsync(string provider, HttpContext context, IGrainFactory grains) =>
        await MineAsync(provider, context, grains) is { } mine
            ? Results.Ok(new ListOf<ProviderEndpoint>([.. (await mine.ListAsync()).Select(static each => each.ToEndpoint())], null))
            : NotYours();

    private static async Task<IResult> VerifyAsync(string provider, string id, HttpContext context, IGrainFactory grains) =>
        id.Length <= MaxId && await MineAsync(provider, context, grains) is { } mine
            ? ProblemResult.From(await mine.VerifyAsync(id), static view => Results.Ok(view.ToEndpoint()))
            : NotYours();

    private static async Task<IResult> RotateAsync(string provider, string id, HttpContext context, IGrainFactory grains) =>
        id.Length <= MaxId && await MineAsync(provider, context, grains) is { } mine
            ? ProblemResult.From(await mine.RotateAsync(id), static created => Results.Ok(created.ToSecret()))
            : NotYours();

    private static async Task<IResult> RemoveAsync(string provider, string id, HttpContext context, IGrainFactory grains) =>
        id.Length <= MaxId && await MineAsync(provider, context, grains) is { } mine
            ? ProblemResult.From(await mine.RemoveAsync(id), static _ => Results.NoContent())
            : NotYours();

    /// <summary>The provider's endpoints, or null when it is not the caller's.</summary>
    private static async Task<IProviderEndpointsGrain?> MineAsync(string provider, HttpContext context, IGrainFactory grains) =>
        provider.Length <= 40
            && (await grains.GetGrain<IProviderNamesGrain>(context.RequiredUserId()).ListAsync()).Contains(provider)
            ? grains.Get<IProviderEndpointsGrain>(provider)
            : null;

    private static ProblemResult NotYours() => ProblemResult.Of(Refuse.With(
        RefusalCode.NotFound, "You have no such endpoint. POST /api/v1/providers/{provider}/endpoints registers one."));
}
