namespace Orkestron.Silo.Endpoints;

/// <summary>
/// A response body that throws when it is too large or too slow: the time limit holds for the whole body of a document, and for
/// each line of a stream, so that single bytes do not keep a connection open.
/// </summary>
internal sealed class PacedStream(Stream body, long maxBytes, TimeSpan pace, bool byLines, TimeProvider clock) : Stream
{
    private long _read;
    private long _since = clock.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="EndpointFault">Too large, too slow, or aborted.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var time = pace - clock.GetElapsedTime(_since);
        if (time <= TimeSpan.Zero)
        {
            throw TooSlow();
        }

        using var limit = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        int read;
        try
        {
            read = await body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow();
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new EndpointFault("endpoint_broken", "The connection broke in the middle of the endpoint's answer.", true);
        }

        _read += read;
        if (_read > maxBytes)
        {
            throw new EndpointFault("endpoint_too_large", $"The endpoint's answer has more than {maxBytes:N0} bytes.", false);
        }

        if (byLines && buffer.Span[..read].Contains((byte)'\n'))
        {
            _since = clock.GetTimestamp();
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private EndpointFault TooSlow() => new(
        "endpoint_slow",
        byLines
            ? $"The endpoint's stream was silent for {pace.TotalSeconds:0.#} seconds."
            : $"The endpoint's answer was not complete after {pace.TotalSeconds:0.#} seconds.",
        true);
}
