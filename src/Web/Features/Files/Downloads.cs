using System.Collections.Frozen;
using Orkestron.Domain;
using Orkestron.Silo.Artifacts;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Files;

/// <summary>Sends files, whose content is hostile: as attachments, and only with content types that browsers do not execute.</summary>
internal static class Downloads
{
    /// <summary>The content type of everything that a browser might execute.</summary>
    public const string Opaque = "application/octet-stream";

    private static readonly FrozenSet<string> Inert = FrozenSet.Create(
        StringComparer.Ordinal,
        "text/plain", "text/csv", "text/markdown", "text/tab-separated-values", "application/json", "application/pdf",
        "application/zip", "application/gzip", "image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/wav",
        "video/mp4", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");

    public static IResult Of(Outcome<OpenFile> opened) => ProblemResult.From(opened, static file => Results.Stream(
        file.Content,
        Inert.Contains(file.Artifact.MediaType) ? file.Artifact.MediaType : Opaque,
        file.Artifact.Name,
        file.Artifact.CreatedAt,
        new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{file.Artifact.Sha256}\""),
        enableRangeProcessing: true));
}
