using System.Collections.Immutable;

namespace Orkestron.Domain.Artifacts;

/// <summary>A file that was written to the store.</summary>
/// <param name="Id">Names the content among the user's.</param>
/// <param name="FileId">Names it in the store.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sealed">Name, media type and digest, sealed under the user's key.</param>
/// <param name="TaskId">The task whose agent made it; null for the user's own.</param>
[GenerateSerializer, Immutable, Alias("orkestron.add-artifact")]
public sealed record AddArtifact(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid FileId,
    [property: Id(2)] long Size,
    [property: Id(3)] byte[] Sealed,
    [property: Id(4)] Guid? TaskId);
