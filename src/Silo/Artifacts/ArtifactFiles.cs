using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Artifacts;
using Orkestron.Journal;

namespace Orkestron.Silo.Artifacts;

/// <summary>
/// Users' files. Nodes read and write the content in the store directly, sealed under the owner's key; metadata
/// and limits go through the owner's grain.
/// </summary>
public sealed partial class ArtifactFiles(
    IFileStore store,
    ISealer sealer,
    IGrainFactory grains,
    TimeProvider clock,
    IOptions<ArtifactOptions> options,
    ILogger<ArtifactFiles> logger)
{
    /// <summary>The largest file, in bytes.</summary>
    public long MaxFileBytes => options.Value.MaxFileBytes;

    /// <summary>Stores a file. Equal content is the file that exists already, with the name it has.</summary>
    /// <param name="ownerId">The owner.</param>
    /// <param name="name">Its name, or null.</param>
    /// <param name="mediaType">Its media type, or null.</param>
    /// <param name="content">Read to its end, a bounded part of it in memory at a time.</param>
    /// <param name="size">Its size if known, so that a file that is too large is refused without being read.</param>
    /// <param name="taskId">The task whose agent creates it; null for an upload of the owner.</param>
    /// <param name="cancellationToken">Cancels the upload and deletes what was written.</param>
    /// <returns><see cref="RefusalCode.TooLarge"/>, <see cref="RefusalCode.QuotaReached"/>, <see cref="RefusalCode.NotFound"/>
    /// when the owner was erased.</returns>
    public async Task<Outcome<Artifact>> SaveAsync(
        Guid ownerId,
        string? name,
        string? mediaType,
        Stream content,
        long? size,
        Guid? taskId,
        CancellationToken cancellationToken)
    {
        var owner = grains.Get<IArtifactsGrain>(ownerId);
        if (await owner.RefuseAsync(size ?? 0) is { } refusal)
        {
            return refusal;
        }

        var subject = Subject(ownerId);
        using var time = new CancellationTokenSource(options.Value.UploadTime, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            var file = await store.WriteAsync(subject, content, MaxFileBytes, stop.Token);
            var label = new ArtifactLabel(ArtifactLabel.NameOf(name), ArtifactLabel.MediaTypeOf(mediaType), file.Sha256);
            var added = await owner.AddAsync(new AddArtifact(
                file.ContentId,
                file.FileId,
                file.Size,
                await sealer.SealAsync(subject, ArtifactLabel.Context(file.ContentId), label.ToUtf8()),
                taskId));
            // An accepted file must not be swept; a refused or duplicate one is deleted.
            await (added.Value?.FileId == file.FileId ? store.CommitAsync(file.FileId) : store.DeleteAsync(file.FileId));
            return added.Accepted ? await ReadAsync(ownerId, added.Value) is { } taken ? taken : NotFound() : added.Refusal;
        }
        catch (FileTooLargeException)
        {
            return Refuse.With(RefusalCode.TooLarge, $"A file has at most {MaxFileBytes:N0} bytes.");
        }
        catch (SubjectErasedException)
        {
            return NotFound();
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Refuse.With(RefusalCode.TooLarge, $"An upload may take {options.Value.UploadTime.TotalMinutes:0.#} minutes.");
        }
    }

    /// <summary>A file's metadata; null when the owner has no such file.</summary>
    public async Task<Artifact?> FindAsync(Guid ownerId, Guid id) =>
        await grains.Get<IArtifactsGrain>(ownerId).GetAsync(id) is { } view ? await ReadAsync(ownerId, view) : null;

    /// <summary>Opens a file. Dispose the content.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/>.</returns>
    public async Task<Outcome<OpenFile>> OpenAsync(Guid ownerId, Guid id)
    {
        if (await grains.Get<IArtifactsGrain>(ownerId).GetAsync(id) is not { } view
            || await ReadAsync(ownerId, view) is not { } artifact)
        {
            return NotFound();
        }

        return new OpenFile(artifact, store.Open(Subject(ownerId), view.FileId, view.Size));
    }

    /// <summary>The owner's files, newest first.</summary>
    public async Task<ArtifactList> ListAsync(Guid ownerId, string? after, int limit)
    {
        var page = await grains.Get<IArtifactsGrain>(ownerId).ListAsync(after, limit);
        var items = new List<Artifact>(page.Items.Length);
        foreach (var view in page.Items)
        {
            if (await ReadAsync(ownerId, view) is { } artifact)
            {
                items.Add(artifact);
            }
        }

        return new ArtifactList(items, page.Next, page.Bytes, page.MostBytes);
    }

    /// <summary>Deletes a file; null when it is gone.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.Conflict"/> while a task uses it.</returns>
    public Task<Refusal?> DeleteAsync(Guid ownerId, Guid id) => grains.Get<IArtifactsGrain>(ownerId).DeleteAsync(id);

    /// <summary>Deletes old remains of interrupted uploads and deletions. Safe at any time.</summary>
    /// <returns>How many files were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        foreach (var file in await store.UnfinishedAsync(clock.GetUtcNow() - options.Value.OrphanAge, cancellationToken))
        {
            // After a crash between the two steps of an upload, the file may belong to somebody.
            if (Guid.TryParseExact(file.Subject, "N", out var owner) && await grains.Get<IArtifactsGrain>(owner).OwnsAsync(file.FileId))
            {
                await store.CommitAsync(file.FileId);
                continue;
            }

            await store.DeleteAsync(file.FileId);
            swept++;
        }

        if (swept > 0)
        {
            LogSwept(logger, swept);
        }

        return swept;
    }

    private async Task<Artifact?> ReadAsync(Guid ownerId, ArtifactView view)
    {
        await store.ReadyAsync(CancellationToken.None);
        try
        {
            return await sealer.OpenAsync(Subject(ownerId), ArtifactLabel.Context(view.Id), view.Sealed) is { } plain
                ? ArtifactLabel.Read(plain).Describe(view)
                : null;
        }
        catch (CryptographicException fault)
        {
            LogUnreadable(logger, view.Id, fault);
            return null;
        }
    }

    private static string Subject(Guid ownerId) => ownerId.ToString("N");

    private static Refusal NotFound() =>
        Refuse.With(RefusalCode.NotFound, "There is no such file among yours. Check the id.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted what {Count} interrupted uploads left.")]
    private static partial void LogSwept(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The description of file {Id} was changed in the store.")]
    private static partial void LogUnreadable(ILogger logger, Guid id, Exception fault);
}

/// <summary>A file opened to be read.</summary>
/// <param name="Artifact">What it is.</param>
/// <param name="Content">Seekable; read it asynchronously, and dispose it.</param>
public sealed record OpenFile(Artifact Artifact, Stream Content);
