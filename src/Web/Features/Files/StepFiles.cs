using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Artifacts;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Files;

/// <summary>Reads and stores files for attempts. The task authorizes and records each access.</summary>
internal sealed class StepFiles(IGrainFactory grains, ArtifactFiles files)
{
    /// <summary>Sends a file to the worker of the attempt.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="request">Which file, for which attempt.</param>
    /// <param name="problem">Maps a failure to an answer.</param>
    public async Task<IResult> SendAsync(Guid taskId, ArtifactRequest request, Func<StepFailure, IResult> problem)
    {
        var grant = await grains.Get<ITaskStepsGrain>(taskId).ArtifactAsync(request);
        return grant.Failure is { } failure ? problem(failure) : Downloads.Of(await files.OpenAsync(grant.OwnerId, request.ArtifactId));
    }

    /// <summary>Stores the body of a request as a new file of the attempt.</summary>
    public async Task<IResult> TakeAsync(
        Guid taskId, ArtifactRequest make, HttpContext context, string? name, Func<StepFailure, IResult> problem)
    {
        if (ArtifactEndpoints.Wrong(context, name) is { } wrong)
        {
            return wrong;
        }

        var (request, task) = (context.Request, grains.Get<ITaskStepsGrain>(taskId));
        var grant = await task.ArtifactAsync(make);
        if (grant.Failure is { } failure)
        {
            return problem(failure);
        }

        var saved = await files.SaveAsync(
            grant.OwnerId, name, request.ContentType, request.Body, request.ContentLength, taskId, context.RequestAborted);
        if (saved.Refusal is { } refusal)
        {
            return ProblemResult.Of(refusal);
        }

        var artifact = saved.Value!;
        var made = await task.ArtifactAsync(make with { Use = ArtifactUse.Made, ArtifactId = artifact.Id });
        return made.Failure is { } late
            ? problem(late)
            : Results.Json(
                new StepFileMade(ArtifactReference.Of(artifact.Id), artifact.Size, artifact.Sha256),
                ApiJson.Options,
                statusCode: StatusCodes.Status201Created);
    }
}
