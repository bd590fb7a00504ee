using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Files;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Endpoints at which processes of providers read and upload the files of their steps. The address is the authorization;
/// whether the attempt still runs is checked on each request.
/// </summary>
internal static class StepArtifactEndpoints
{
    public static void MapStepArtifacts(this IEndpointRouteBuilder api)
    {
        var steps = api.MapGroup("/steps/artifacts/{token}").WithTags("Providers").AllowAnonymous();
        steps.MapGet("", DownloadAsync)
            .WithSummary("A file of a step, by the address that the hub gave for it")
            .Produces(StatusCodes.Status200OK, contentType: Downloads.Opaque).ProducesProblems(404, 409, 503);
        steps.MapPost("", UploadAsync).TakesFile(api)
            .WithSummary("Make a file for a step, at the address that the hub gave for it: the body is the file, ?name= its name")
            .Produces<StepFileMade>(StatusCodes.Status201Created).ProducesProblems(400, 404, 409, 413, 415, 429, 503);
    }

    private static async Task<IResult> DownloadAsync(string token, ArtifactLinks links, StepFiles files) =>
        links.TryOpen(token, ArtifactUse.Open, out var link) ? await files.SendAsync(link.TaskId, link.Request, Failed) : Gone();

    private static async Task<IResult> UploadAsync(
        string token, string? name, HttpContext context, ArtifactLinks links, StepFiles files) =>
        links.TryOpen(token, ArtifactUse.Make, out var link)
            ? await files.TakeAsync(link.TaskId, link.Request, context, name, Failed)
            : Gone();

    private static ProblemResult Gone() => ProblemResult.Of(Refuse.With(
        RefusalCode.NotFound, "The address is unknown or has expired. Ask the hub for another one."));

    private static ProblemResult Failed(StepFailure failure) => ProblemResult.Of(Refuse.With(
        failure.Code switch
        {
            TaskArtifactCodes.NotFound => RefusalCode.NotFound,
            TaskArtifactCodes.TooMany => RefusalCode.TooMany,
            _ => RefusalCode.TaskEnded,
        },
        failure.Message));
}
