using Microsoft.Extensions.Options;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Silo.Artifacts;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Files;

/// <summary>Uploading, downloading, listing and deleting a user's files.</summary>
internal static class ArtifactEndpoints
{
    public const int MaxName = 300;

    public static void MapArtifacts(this IEndpointRouteBuilder api)
    {
        var artifacts = api.MapGroup("/artifacts").WithTags("Artifacts");
        artifacts.MapPost("", UploadAsync).RequireAuthorization(Scopes.Write).TakesFile(api)
            .WithSummary("Upload a file: the body is the file, Content-Type its type, ?name= its name. The same content again is the same file")
            .Produces<Artifact>(StatusCodes.Status201Created).ProducesProblems(400, 401, 413, 415, 429, 503);
        artifacts.MapGet("", ListAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("Your files, newest first").Produces<ArtifactList>().ProducesProblems(400, 401);
        artifacts.MapGet("/{id:guid}", DownloadAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("The content of a file; ranges are supported")
            .Produces(StatusCodes.Status200OK, contentType: Downloads.Opaque).Produces(StatusCodes.Status206PartialContent)
            .ProducesProblems(401, 404, 503);
        artifacts.MapGet("/{id:guid}/info", InfoAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("A file's name, type, size and digest").Produces<Artifact>().ProducesProblems(401, 404);
        artifacts.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(Scopes.Write)
            .WithSummary("Delete a file; not while a task uses it")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 404, 409);
    }

    /// <summary>Declares that the body of the endpoint is a file, limited by the file size and read as a stream.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint, IEndpointRouteBuilder routes) => endpoint
        .WithMetadata(new RawBody(), new BodyLimit(routes.ServiceProvider.GetRequiredService<ArtifactFiles>().MaxFileBytes))
        .Accepts<Stream>(isOptional: true, "*/*");

    /// <summary>The problem when the body of a request cannot be a file; null when it can.</summary>
    public static IResult? Wrong(HttpContext context, string? name)
    {
        var wrong = new FieldChecks()
            .That("name", name is null or { Length: <= MaxName }, $"A name has at most {MaxName} characters.")
            .Problem();
        return wrong ?? (context.Request.HasFormContentType
            ? new ProblemResult(static context => Problems.Of(
                context,
                new ProblemKind(415, "unsupported_media_type", "This is a form, not a file"),
                "Send the file itself as the body, with its own Content-Type and ?name=."))
            : null);
    }

    private static async Task<IResult> UploadAsync(string? name, HttpContext context, ArtifactFiles files)
    {
        var request = context.Request;
        if (Wrong(context, name) is { } wrong)
        {
            return wrong;
        }

        var saved = await files.SaveAsync(
            context.RequiredUserId(), name, request.ContentType, request.Body, request.ContentLength, null, context.RequestAborted);
        return ProblemResult.From(
            saved, static artifact => Results.Created($"{ApiRoutes.Api}/artifacts/{artifact.Id}", artifact));
    }

    private static async Task<IResult> ListAsync(
        string? after, int? limit, HttpContext context, ArtifactFiles files, IOptions<WebOptions> options)
    {
        var wrong = new FieldChecks()
            .After(ListCursor.Files, after, out var cursor)
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var page = await files.ListAsync(context.RequiredUserId(), cursor, limit ?? options.Value.PageSize);
        return Results.Ok(page with { Next = ListCursor.Files.Encode(page.Next) });
    }

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext context, ArtifactFiles files) =>
        Downloads.Of(await files.OpenAsync(context.RequiredUserId(), id));

    private static async Task<IResult> InfoAsync(Guid id, HttpContext context, ArtifactFiles files) =>
        await files.FindAsync(context.RequiredUserId(), id) is { } artifact
            ? Results.Ok(artifact)
            : ProblemResult.Of(Refuse.With(RefusalCode.NotFound, "You have no file with this id. Check the id."));

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ArtifactFiles files) =>
        await files.DeleteAsync(context.RequiredUserId(), id) is { } refusal ? ProblemResult.Of(refusal) : Results.NoContent();
}
