using System.Security.Cryptography;

namespace Orkestron.Journal.Artifacts;

/// <summary>Reads a file chunk by chunk, a few ahead. Only asynchronous reads; any place may be sought.</summary>
internal sealed class FileReadStream(IJournal journal, ISealer sealer, string subject, Guid fileId, long size) : Stream
{
    private const int Ahead = 4;
    private readonly Queue<(int Number, byte[] Box)> _boxes = new();
    private ReadOnlyMemory<byte> _chunk;
    private int _number = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <exception cref="IOException">The file was deleted, or its subject erased, while it was read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= size || buffer.IsEmpty)
        {
            return 0;
        }

        var number = (int)(_position / FileChunk.Size);
        if (number != _number)
        {
            _chunk = await ChunkAsync(number, cancellationToken);
            _number = number;
        }

        var rest = _chunk[(int)(_position % FileChunk.Size)..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var place = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => size + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(offset));
        return _position = place;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Read this file asynchronously.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<ReadOnlyMemory<byte>> ChunkAsync(int number, CancellationToken cancellationToken)
    {
        if (!_boxes.TryPeek(out var next) || next.Number != number)
        {
            await FetchAsync(number, cancellationToken);
        }

        if (!_boxes.TryDequeue(out next) || next.Number != number)
        {
            throw Gone();
        }

        byte[] packed;
        try
        {
            packed = await sealer.OpenAsync(subject, FileChunk.Context(fileId), next.Box) ?? throw Gone();
        }
        catch (CryptographicException fault)
        {
            throw new IOException("The file was changed in the store.", fault);
        }

        var content = FileChunk.Unpack(number, packed);
        var expected = Math.Min(FileChunk.Size, size - ((long)number * FileChunk.Size));
        return content.Length == expected ? content : throw new IOException("A chunk of the file has another length.");
    }

    private async Task FetchAsync(int number, CancellationToken cancellationToken)
    {
        await journal.StartAsync(cancellationToken);
        _boxes.Clear();
        var query = FileRows.Chunks.Query()
            .Where("file_id", RowTest.Is, FileStore.Name(fileId))
            .Where("chunk", RowTest.AtLeast, (long)number) with
        { Limit = Ahead };
        foreach (var row in await journal.QueryAsync(query, cancellationToken))
        {
            _boxes.Enqueue(((int)row.Integer(1), (byte[])row.Values[2]!));
        }
    }

    private static IOException Gone() => new("The file does not exist any more.");
}
