using Orkestron.Contracts.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Accounts;

/// <summary>Making, listing and revoking API keys.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/account/keys").WithTags("Account").RequireAuthorization(Scopes.Account);
        keys.MapPost("", CreateAsync).WithSummary("Make an API key; it is shown once")
            .Produces<CreatedApiKey>(StatusCodes.Status201Created).ProducesProblems(400, 401, 403, 429);
        keys.MapGet("", ListAsync).WithSummary("The API keys").Produces<ListOf<ApiKey>>().ProducesProblems(401, 403);
        keys.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revoke an API key: at once on this node, within a second on every other")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 403, 404);
    }

    private static async Task<IResult> CreateAsync(CreateApiKeyRequest body, HttpContext context, IGrainFactory grains)
    {
        var scopes = body.Scopes ?? Scopes.Default;
        var wrong = new FieldChecks()
            .Text("#/name", body.Name, 80)
            .That("#/scopes", scopes.Count > 0 && scopes.All(static scope => Scopes.All.Contains(scope)),
                $"Scopes are {string.Join(", ", Scopes.All)}.")
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var outcome = await grains.GetGrain<IUserGrain>(context.RequiredUserId()).CreateKeyAsync(body.Name!, [.. scopes.Distinct()]);
        return ProblemResult.From(outcome, static made => Results.Created(
            $"{ApiRoutes.Api}/account/keys/{made.Id}", new CreatedApiKey(made.Id, made.Prefix, made.Key)));
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var keys = await grains.GetGrain<IUserGrain>(context.RequiredUserId()).KeysAsync();
        return Results.Ok(new ListOf<ApiKey>(
            [.. keys.Items.Select(static key => new ApiKey(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt))], null));
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, IGrainFactory grains, KeyChecks known)
    {
        var outcome = await grains.GetGrain<IUserGrain>(context.RequiredUserId()).RevokeKeyAsync(id);
        known.Forget(context.RequiredUserId());
        return ProblemResult.From(outcome, static _ => Results.NoContent());
    }
}
