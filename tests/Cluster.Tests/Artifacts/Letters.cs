namespace Orkestron.Cluster.Tests.Artifacts;

/// <summary>Content made as it is read, so that what is kept of it is not the test's.</summary>
internal sealed class Letters(int size) : Stream
{
    private int _position;

    /// <summary>Where reading fails; null for never.</summary>
    public int? BreaksAt { get; init; }

    /// <summary>Other content of the same size.</summary>
    public int Seed { get; init; }

    /// <summary>Told before each read how much was read so far.</summary>
    public Func<int, Task> OnRead { get; init; } = _ => Task.CompletedTask;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= BreaksAt)
        {
            throw new IOException("The sender is gone.");
        }

        await OnRead(_position);
        var count = Math.Min(buffer.Length, size - _position);
        for (var i = 0; i < count; i++)
        {
            buffer.Span[i] = (byte)('a' + ((_position + i + Seed + ((_position + i) / 1_009)) % 26));
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
