using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Artifacts;

/// <summary>
/// Which files a user has, and which tasks use them. Key: the user's id. Their content never passes through here: nodes read
/// and write it in the store.
/// </summary>
[GrainInterfaceType("artifacts"), Alias("orkestron.artifacts")]
public interface IArtifactsGrain : IGrainWithGuidKey
{
    /// <summary>Whether there is room for a file of this size; null when there is.</summary>
    /// <returns><see cref="RefusalCode.QuotaReached"/>, <see cref="RefusalCode.TooLarge"/>.</returns>
    [Alias("refuse"), AlwaysInterleave]
    Task<Refusal?> RefuseAsync(long size);

    /// <summary>Takes a file in. The same content again is the file that is there; what was written for it may go.</summary>
    /// <returns>The file as it stands. <see cref="RefusalCode.QuotaReached"/>.</returns>
    [Alias("add")]
    Task<Outcome<ArtifactView>> AddAsync(AddArtifact command);

    /// <summary>A file, or null when the user has none of this id.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ArtifactView?> GetAsync(Guid id);

    /// <summary>The user's files, newest first.</summary>
    /// <param name="after">The cursor of the page before, or null.</param>
    /// <param name="limit">1 to 100.</param>
    [Alias("list"), AlwaysInterleave]
    Task<ArtifactPage> ListAsync(string? after, int limit);

    /// <summary>Takes a file away; null when it is gone.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.Conflict"/> while a task uses it.</returns>
    [Alias("delete")]
    Task<Refusal?> DeleteAsync(Guid id);

    /// <summary>Keeps files for as long as a task runs.</summary>
    /// <returns>Those that the user does not have; when there are any, none is kept.</returns>
    [Alias("hold")]
    Task<ImmutableArray<Guid>> HoldAsync(Guid taskId, ImmutableArray<Guid> ids);

    /// <summary>A task has ended: its files may be deleted. What its agents made and nobody named goes.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="named">The files that stand in its steps' answers.</param>
    [Alias("release")]
    Task ReleaseAsync(Guid taskId, ImmutableArray<Guid> named);

    /// <summary>Whether what stands in the store under this id is one of the user's files.</summary>
    [Alias("owns"), AlwaysInterleave]
    Task<bool> OwnsAsync(Guid fileId);
}

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
