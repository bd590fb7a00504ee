using System.Net.Sockets;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>A connection that knows what went over it for the request that is under way.</summary>
internal sealed class FuzzWire(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private volatile bool _sent;
    private volatile bool _answered;

    /// <summary>Requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Whether it ended after something of this request was sent, and before a byte of its answer.</summary>
    public bool BrokeUnanswered { get; private set; }

    /// <summary>Another request is sent over it.</summary>
    public void Begin()
    {
        Requests++;
        (_sent, _answered, BrokeUnanswered) = (false, false, false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = 0;
        try
        {
            read = await base.ReadAsync(buffer, cancellationToken);
            return read;
        }
        finally
        {
            // A read of no bytes waits for the first ones.
            _answered |= read > 0 || (buffer.IsEmpty && DataAvailable);
            BrokeUnanswered |= read == 0 && !buffer.IsEmpty && _sent && !_answered;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _sent = true;
        return base.WriteAsync(buffer, cancellationToken);
    }
}
