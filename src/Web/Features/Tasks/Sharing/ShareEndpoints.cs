using Microsoft.Extensions.Options;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Sharing;

/// <summary>Links with which others can read a task.</summary>
internal static class ShareEndpoints
{
    public static void MapShares(this IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks/{id:guid}/share", ShareAsync).RequireAuthorization(Scopes.Write).WithTags("Tasks")
            .WithSummary("Make or replace the link with which anyone can read the task")
            .Produces<ShareLink>(StatusCodes.Status201Created).ProducesProblems(400, 401, 404);
        api.MapDelete("/tasks/{id:guid}/share", UnshareAsync).RequireAuthorization(Scopes.Write).WithTags("Tasks")
            .WithSummary("Withdraw the link").Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 404);
        api.MapGet("/shared/{token}", GetAsync).WithTags("Tasks")
            .WithSummary("A shared task, by its link's token").Produces<TaskDetail>().ProducesProblems(404);
    }

    private static async Task<IResult> ShareAsync(
        Guid id,
        ShareRequest? body,
        HttpContext context,
        IGrainFactory grains,
        TimeProvider clock,
        IOptions<WebOptions> options)
    {
        var token = ShareToken.Create(id);
        var expiresAt = body?.ExpiresAt ?? clock.GetUtcNow() + options.Value.ShareAge;
        var outcome = await grains.GetGrain<ITaskGrain>(id)
            .ShareAsync(new ShareTask(context.RequiredUserId(), token.Secret, expiresAt));
        return ProblemResult.From(outcome, _ => Results.Created(
            $"{ApiRoutes.Api}/shared/{token}", new ShareLink(token.ToString(), $"/share/{token}", expiresAt)));
    }

    private static async Task<IResult> UnshareAsync(Guid id, HttpContext context, IGrainFactory grains) =>
        ProblemResult.From(
            await grains.GetGrain<ITaskGrain>(id).UnshareAsync(context.RequiredUserId()), static _ => Results.NoContent());

    private static async Task<IResult> GetAsync(
        string token, int? stepsAfter, int? stepsLimit, HttpContext context, IGrainFactory grains, IOptions<WebOptions> options) =>
        new FieldChecks().Steps(stepsAfter, stepsLimit, options.Value.MaxStepPageSize).Problem() ?? ProblemResult.From(
            await ReadAsync(token, grains),
            task => Results.Ok(task.ToDetail(TaskWindow.Of(context, $"{ApiRoutes.Api}/shared/{token}", stepsAfter, stepsLimit))));

    /// <summary>The task of a share link.</summary>
    internal static async Task<Outcome<TaskView>> ReadAsync(string token, IGrainFactory grains) => ShareToken.TryParse(token, out var link)
        ? await grains.GetGrain<ITaskGrain>(link.TaskId).GetSharedAsync(link.Secret)
        : Refuse.With(RefusalCode.ShareNotFound, "The link is incomplete. Copy the whole link.");
}
