using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Watchers;

/// <summary>
/// One viewer: a bare WebSocket that speaks the hub's JSON protocol, because a full client costs more than the server
/// and would be measured with it.
/// </summary>
internal sealed class Viewer : IAsyncDisposable
{
    private const byte End = 0x1e;
    private static readonly byte[] Ping = Line("""{"type":6}""");

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[8_192];
    private readonly Latencies _latencies;
    private readonly TaskCompletionSource _watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private Viewer(Latencies latencies) => _latencies = latencies;

    /// <summary>Connects, watches, and returns when the first event has come.</summary>
    public static async Task<Viewer> OpenAsync(Uri hub, string taskId, Latencies latencies)
    {
        var viewer = new Viewer(latencies);
        viewer._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await viewer._socket.ConnectAsync(hub, CancellationToken.None).ConfigureAwait(false);
        viewer._reading = viewer.ReadAsync();
        await viewer.SendAsync(Line("""{"protocol":"json","version":1}""")).ConfigureAwait(false);
        await viewer.SendAsync(Line($$"""{"type":4,"invocationId":"1","target":"Watch","arguments":["{{taskId}}",0]}"""))
            .ConfigureAwait(false);
        await viewer._watching.Task.ConfigureAwait(false);
        return viewer;
    }

    /// <summary>The server drops who says nothing for half a minute.</summary>
    public Task PingAsync() => SendAsync(Ping);

    public async ValueTask DisposeAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), CancellationToken.None).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    throw new InvalidOperationException("The node closed a viewer's connection.");
                }

                filled = Take(filled + read.Count);
            }
        }
        catch (Exception fault)
        {
            _watching.TrySetException(fault);
            throw;
        }
    }

    /// <summary>Takes whole messages and moves the rest to the front.</summary>
    private int Take(int filled)
    {
        var left = _buffer.AsSpan(0, filled);
        while (left.IndexOf(End) is >= 0 and var end)
        {
            Take(left[..end]);
            left = left[(end + 1)..];
        }

        left.CopyTo(_buffer);
        return left.Length;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"message\":\""u8) is >= 0 and var at && Utf8Parser.TryParse(message[(at + 11)..], out long emitted, out _))
        {
            _latencies.Add(Stopwatch.GetElapsedTime(emitted));
        }

        if (message.IndexOf("\"item\":"u8) >= 0)
        {
            _watching.TrySetResult();
        }
        else if (message.IndexOf("\"error\":"u8) >= 0)
        {
            _watching.TrySetException(new InvalidOperationException(Encoding.UTF8.GetString(message)));
        }
    }

    private Task SendAsync(byte[] message) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static byte[] Line(string json) => [.. Encoding.UTF8.GetBytes(json), End];
}
