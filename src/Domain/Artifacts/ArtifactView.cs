using System.Collections.Immutable;

namespace Orkestron.Domain.Artifacts;

/// <summary>A file of a user.</summary>
/// <param name="Id">Names it.</param>
/// <param name="FileId">Names its content in the store.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sealed">Name, media type and digest, sealed under the user's key.</param>
/// <param name="CreatedAt">When it was taken in.</param>
/// <param name="InUse">Whether a running task may use it.</param>
[GenerateSerializer, Immutable, Alias("orkestron.artifact-view")]
public sealed record ArtifactView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid FileId,
    [property: Id(2)] long Size,
    [property: Id(3)] byte[] Sealed,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] bool InUse);

/// <summary>A page of files.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
/// <param name="Bytes">All of the user's files together.</param>
/// <param name="MostBytes">What they may have.</param>
[GenerateSerializer, Immutable, Alias("orkestron.artifact-page")]
public sealed record ArtifactPage(
    [property: Id(0)] ImmutableArray<ArtifactView> Items,
    [property: Id(1)] string? Next,
    [property: Id(2)] long Bytes,
    [property: Id(3)] long MostBytes);
