using Orkestron.Contracts.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Web.Features.Files;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>Files of a step, authorized by its callback token while the attempt runs.</summary>
internal static class CallbackFiles
{
    public static void MapCallbackFiles(this IEndpointRouteBuilder callback)
    {
        callback.MapGet("/artifacts/{id:guid}", DownloadAsync)
            .WithSummary("A file that the step may read: one that its input or a message names, or that it made; ranges are supported")
            .Produces(StatusCodes.Status200OK, contentType: Downloads.Opaque).Produces(StatusCodes.Status206PartialContent)
            .ProducesProblems(404, 410, 429, 503);
        callback.MapPost("/artifacts", UploadAsync).TakesFile(callback)
            .WithSummary("Upload a file for the step: the body is the file, Content-Type its type, ?name= its name")
            .Produces<StepFileMade>(StatusCodes.Status201Created).ProducesProblems(400, 404, 410, 413, 415, 429, 503);
    }

    private static async Task<IResult> DownloadAsync(string token, Guid id, IGrainFactory grains, StepFiles files)
    {
        var opened = await grains.GetGrain<ICallbackGrain>(0).OpenAsync(token);
        return opened.Value is { Step: var step }
            ? await files.SendAsync(
                step.TaskId, new ArtifactRequest(step.StepId, step.Attempt, ArtifactUse.Open, id), CallbackProblems.Of)
            : ProblemResult.Of(opened.Refusal!);
    }

    private static async Task<IResult> UploadAsync(
        string token, string? name, HttpContext context, IGrainFactory grains, StepFiles files)
    {
        var opened = await grains.GetGrain<ICallbackGrain>(0).OpenAsync(token);
        return opened.Value is { Step: var step }
            ? await files.TakeAsync(
                step.TaskId,
                new ArtifactRequest(step.StepId, step.Attempt, ArtifactUse.Make, Guid.Empty),
                context,
                name,
                CallbackProblems.Of)
            : ProblemResult.Of(opened.Refusal!);
    }
}
