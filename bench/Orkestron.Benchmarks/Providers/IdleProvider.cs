using System.Net.WebSockets;
using System.Text;

namespace Orkestron.Benchmarks.Providers;

/// <summary>A provider's process that has announced its agent and waits: a bare WebSocket that speaks the hub's protocol.</summary>
internal sealed class IdleProvider : IAsyncDisposable
{
    private static readonly byte[] Ping = Line("""{"type":6}""");

    private readonly ClientWebSocket _socket = new();

    public static async Task<IdleProvider> OpenAsync(Uri hub, string agent)
    {
        var provider = new IdleProvider();
        provider._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await provider._socket.ConnectAsync(hub, CancellationToken.None).ConfigureAwait(false);
        await provider.SendAsync(Line("""{"protocol":"json","version":1}""")).ConfigureAwait(false);
        var process = Guid.NewGuid().ToString("N");
        await provider.SendAsync(Line(
            $$$"""{"type":1,"invocationId":"1","target":"Announce","arguments":[{"processId":"{{{process}}}","session":1,"agents":[{"agent":"{{{agent}}}","version":"1.0.0","capacity":1}],"running":[]}]}"""))
            .ConfigureAwait(false);
        await provider.AnsweredAsync().ConfigureAwait(false);
        return provider;
    }

    /// <summary>The server drops who says nothing for half a minute.</summary>
    public Task PingAsync() => SendAsync(Ping);

    public async ValueTask DisposeAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task AnsweredAsync()
    {
        var buffer = new byte[4_096];
        var told = new StringBuilder();
        while (!told.ToString().Contains("\"type\":3", StringComparison.Ordinal))
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false);
            told.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, read.Count)));
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The node closed a provider's connection: {told}");
            }
        }

        if (told.ToString().Contains("\"error\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(told.ToString());
        }
    }

    private Task SendAsync(byte[] message) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static byte[] Line(string json) => [.. Encoding.UTF8.GetBytes(json), 0x1e];
}
