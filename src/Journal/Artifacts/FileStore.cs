using System.Globalization;
using System.Security.Cryptography;

namespace Orkestron.Journal.Artifacts;

/// <summary>Files as rows of the journal: its writer's group commit, its readers, its backpressure.</summary>
internal sealed class FileStore(IJournal journal, ISealer sealer, ISubjectKeys keys, TimeProvider clock) : IFileStore
{
    // Chunks of one append: 512 KiB, far below what one may hold.
    private const int ChunksAtOnce = 8;
    private const int DeletedAtOnce = 2_000;
    private const int SweptAtOnce = 100;
    private static readonly byte[] Salt = "orkestron.file.1"u8.ToArray();

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.StartAsync(cancellationToken);
        }
        catch (InvalidOperationException fault)
        {
            throw new JournalUnavailableException(
                $"This node cannot open the store of files. {fault.Message}", TimeSpan.FromSeconds(30), fault);
        }
    }

    public async Task<StoredFile> WriteAsync(
        string subject, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        await ReadyAsync(cancellationToken);
        var key = await keys.GetOrCreateAsync(subject, cancellationToken) ?? throw new SubjectErasedException();
        var fileId = Guid.CreateVersion7(clock.GetUtcNow());
        var chunks = 0;
        try
        {
            await MarkForDeletionAsync(subject, fileId);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[FileChunk.Size];
            var rows = new List<RowChange>(ChunksAtOnce);
            var size = 0L;
            for (var read = FileChunk.Size; read == FileChunk.Size;)
            {
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                if ((size += read) > mostBytes)
                {
                    throw new FileTooLargeException();
                }

                if (read > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    var box = await sealer.SealAsync(
                        subject, FileChunk.Context(fileId), FileChunk.Pack(chunks, buffer.AsSpan(0, read)));
                    rows.Add(FileRows.Chunks.Put(Name(fileId), (long)chunks++, box));
                }

                if (rows.Count == ChunksAtOnce || (read < FileChunk.Size && rows.Count > 0))
                {
                    await AppendAsync(fileId, rows);
                    rows = new List<RowChange>(ChunksAtOnce);
                }
            }

            var digest = hash.GetHashAndReset();
            return new StoredFile(fileId, ContentId(key, digest), size, Convert.ToHexStringLower(digest));
        }
        catch
        {
            await ForgetAsync(fileId, chunks);
            throw;
        }
    }

    public Stream Open(string subject, Guid fileId, long size) => new FileReadStream(journal, sealer, subject, fileId, size);

    public Task CommitAsync(Guid fileId) => AppendAsync(fileId, [FileRows.Unfinished.Delete(Name(fileId))]);

    public Task MarkForDeletionAsync(string subject, Guid fileId) => AppendAsync(
        fileId, [FileRows.Unfinished.Put(Name(fileId), subject, Instants.ToMicroseconds(clock.GetUtcNow()))]);

    public async Task DeleteAsync(Guid fileId)
    {
        await ReadyAsync(CancellationToken.None);
        // Chunks are numbered without gaps: the count is the first number that is not there.
        var chunks = await journal.CountAsync(FileRows.Chunks.Query().Where("file_id", RowTest.Is, Name(fileId)));
        await DeleteAsync(fileId, (int)chunks);
    }

    public async Task<IReadOnlyList<UnfinishedFile>> UnfinishedAsync(
        DateTimeOffset before, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var query = FileRows.Unfinished.Query().Where("since", RowTest.AtMost, Instants.ToMicroseconds(before)) with
        {
            OrderBy = ["since", "file_id"],
            Limit = SweptAtOnce,
        };
        var rows = await journal.QueryAsync(query, cancellationToken);
        return [.. rows.Select(static row => new UnfinishedFile(Guid.ParseExact(row.Text(0), "N"), row.Text(1)))];
    }

    internal static string Name(Guid fileId) => fileId.ToString("N", CultureInfo.InvariantCulture);

    // A version 8 UUID: what it stands for is the application's.
    private static Guid ContentId(byte[] key, byte[] digest)
    {
        Span<byte> id = stackalloc byte[16];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, Salt, digest);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private async Task ForgetAsync(Guid fileId, int chunks)
    {
        try
        {
            await DeleteAsync(fileId, chunks);
        }
        catch (JournalUnavailableException)
        {
            // It is unfinished and has no name: the sweep takes it.
        }
    }

    private async Task DeleteAsync(Guid fileId, int chunks)
    {
        var name = Name(fileId);
        for (var from = 0; from < chunks; from += DeletedAtOnce)
        {
            await AppendAsync(
                fileId,
                [.. Enumerable.Range(from, Math.Min(DeletedAtOnce, chunks - from)).Select(i => FileRows.Chunks.Delete(name, (long)i))]);
        }

        // Last: as long as anything is left, it counts as unfinished.
        await AppendAsync(fileId, [FileRows.Unfinished.Delete(name)]);
    }

    private async Task AppendAsync(Guid fileId, IReadOnlyList<RowChange> rows)
    {
        await ReadyAsync(CancellationToken.None);
        await journal.AppendAsync(new Append
        {
            Stream = FileChunk.Context(fileId),
            ExpectedVersion = 0,
            AppendId = Guid.CreateVersion7(clock.GetUtcNow()),
            Rows = rows,
        });
    }
}
