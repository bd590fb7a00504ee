namespace Orkestron.Journal;

/// <summary>
/// Files in chunks beside the log, sealed under their subject's key: to destroy that key is to erase them. A written file
/// has no name and no owner here, and is unfinished until it is committed; unfinished files are swept.
/// </summary>
public interface IFileStore
{
    /// <summary>Opens the store if it is not open. Await it before what is sealed under a subject's key is read.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be opened here; the message says why.</exception>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Writes a file, a bounded part of it in memory at a time. Until it is committed it counts as unfinished.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="mostBytes">Longer ones are refused.</param>
    /// <param name="cancellationToken">Stops it; what was written goes.</param>
    /// <exception cref="FileTooLargeException">The content goes on after <paramref name="mostBytes"/>.</exception>
    /// <exception cref="SubjectErasedException">The subject's key was destroyed.</exception>
    /// <exception cref="JournalUnavailableException">The store is down or its queue is full.</exception>
    Task<StoredFile> WriteAsync(string subject, Stream content, long mostBytes, CancellationToken cancellationToken);

    /// <summary>The file's content, to be read asynchronously from any place. Nothing is read before it is asked for.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="fileId">As <see cref="StoredFile.FileId"/>.</param>
    /// <param name="size">As <see cref="StoredFile.Size"/>.</param>
    Stream Open(string subject, Guid fileId, long size);

    /// <summary>Commits a file: it is no longer swept.</summary>
    Task CommitAsync(Guid fileId);

    /// <summary>Marks a file as unfinished again: it is swept unless it is deleted before.</summary>
    Task MarkForDeletionAsync(string subject, Guid fileId);

    /// <summary>Deletes a file and its mark as unfinished.</summary>
    Task DeleteAsync(Guid fileId);

    /// <summary>Files that have been unfinished since before a time, at most 100, oldest first.</summary>
    Task<IReadOnlyList<UnfinishedFile>> UnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>A file as it was written.</summary>
/// <param name="FileId">Names it in the store.</param>
/// <param name="ContentId">Names the content among its subject's: the same content of one subject has the same one, and
/// without the subject's key it cannot be derived from the content.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the content, lower-case hexadecimal.</param>
public sealed record StoredFile(Guid FileId, Guid ContentId, long Size, string Sha256);

/// <summary>A file that was begun, or is to go.</summary>
/// <param name="FileId">Which.</param>
/// <param name="Subject">Whose.</param>
public sealed record UnfinishedFile(Guid FileId, string Subject);

/// <summary>The content is longer than it may be.</summary>
public sealed class FileTooLargeException : Exception
{
    public FileTooLargeException()
        : base("The content is too long.")
    {
    }

    public FileTooLargeException(string message)
        : base(message)
    {
    }

    public FileTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
