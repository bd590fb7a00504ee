using System.Net.Sockets;
using System.Text;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>
/// Sends requests over one connection at a time, so that of each break it is known which request it took.
/// </summary>
/// <remarks>
/// A server may close an idle connection at any time, also just as the next request is on its way (RFC 9112, 9.5). A client
/// cannot know then whether the request was taken, so only an idempotent one may be sent again by itself (RFC 9110, 9.2.2), and
/// only where a connection that was used before ended without a byte of the answer. Every other break is a fault: of a first
/// request, in the middle of an answer, or of a request that may not be sent twice.
/// </remarks>
internal sealed class FuzzClient : IDisposable
{
    private readonly HttpClient _http;
    private FuzzWire? _wire;

    public FuzzClient() => _http = new HttpClient(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 1,
        // What is not read is left by hanging up, not waited for.
        MaxResponseDrainSize = 0,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = async (call, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(call.DnsEndPoint, stop);
            _wire = new FuzzWire(socket);
            _wire.Begin();
            return _wire;
        },
    });

    /// <summary>Sends a request; its answer, as far as its head.</summary>
    /// <exception cref="HttpRequestException">The connection broke where it must not.</exception>
    public async Task<HttpResponseMessage> SendAsync(FuzzRequest request, Uri node, CancellationToken stop)
    {
        var before = _wire;
        before?.Begin();
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request.Message(node), HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (HttpRequestException) when (before is { Requests: > 1, BrokeUnanswered: true } && IsIdempotent(request.Method))
        {
            return await _http.SendAsync(request.Message(node), HttpCompletionOption.ResponseHeadersRead, stop);
        }

        // The library sends a request without a body again by itself, whatever its method.
        if (before is { BrokeUnanswered: true } && !ReferenceEquals(before, _wire) && !IsIdempotent(request.Method))
        {
            answer.Dispose();
            throw new HttpRequestException("The connection broke and the request was sent twice, which it must not be.");
        }

        return answer;
    }

    public void Dispose() => _http.Dispose();

    private static bool IsIdempotent(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";
}
