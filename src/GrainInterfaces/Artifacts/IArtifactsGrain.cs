using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
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
