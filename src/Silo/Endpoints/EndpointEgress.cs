using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>
/// Sends all requests to providers' endpoints. Connects to checked addresses only, follows no redirects, uses no
/// proxy and no cookies, decompresses nothing, and limits every wait.
/// </summary>
internal sealed class EndpointEgress : IDisposable
{
    private readonly EndpointDirectory _directory;
    private readonly EndpointOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    /// <param name="directory">Resolves names.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">The limits.</param>
    /// <param name="trust">Validates certificates in tests; null for the system's validation.</param>
    public EndpointEgress(
        EndpointDirectory directory,
        TimeProvider clock,
        IOptions<EndpointOptions> options,
        RemoteCertificateValidationCallback? trust = null)
    {
        (_directory, _clock, _options) = (directory, clock, options.Value);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Trace headers would reveal to providers which requests belong together.
            ActivityHeadersPropagator = null,
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionLifetime = _options.ConnectionAge,
            PooledConnectionIdleTimeout = _options.ConnectionAge,
            MaxConnectionsPerServer = _options.MaxConnections,
            MaxResponseHeadersLength = _options.MaxHeaderKibibytes,
            // An unread rest of a response is not drained: the connection is closed.
            MaxResponseDrainSize = 0,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = trust,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Sends a request and returns when the response headers have arrived; the caller disposes the response.</summary>
    /// <exception cref="EndpointFault">The request failed, or the headers did not arrive in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        EndpointAddress to, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The type guarantees that the address was checked when it was parsed.
        request.RequestUri = request.RequestUri is { } path ? new Uri(to.Url, path) : to.Url;
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Options.Set(Loopback, to.IsLoopback);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.UserAgent.ParseAdd("Orkestron/1");
        using var limit = new CancellationTokenSource(_options.HeadersTimeout + _options.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await _http.SendAsync(request, either.Token);
            return NotEncoded(answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested
                ? new EndpointFault(
                    "endpoint_timeout",
                    $"The endpoint sent no answer's head within {_options.HeadersTimeout.TotalSeconds:0.#} seconds. For longer "
                        + "work it answers 202, or streams.",
                    true)
                : new EndpointFault("endpoint_unreachable", "No connection to the endpoint came about in time.", true);
        }
        catch (HttpRequestException fault)
        {
            throw Fault(fault);
        }
    }

    /// <summary>Resolves an endpoint's name.</summary>
    /// <exception cref="EndpointFault">It has no allowed address.</exception>
    public Task<IPAddress[]> FindAsync(EndpointAddress to, CancellationToken cancellationToken) =>
        _directory.FindAsync(Host(to.Url), to.IsLoopback, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static readonly HttpRequestOptionsKey<bool> Loopback = new("orkestron.loopback");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var to = context.DnsEndPoint;
        var loopback = context.InitialRequestMessage.Options.TryGetValue(Loopback, out var local) && local;
        var addresses = await _directory.FindAsync(to.Host.Trim('[', ']'), loopback, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Connects to the checked addresses, not to the name, which may resolve differently by now.
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpResponseMessage NotEncoded(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentEncoding.All(static coding =>
            string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return answer;
        }

        answer.Dispose();
        throw new EndpointFault("endpoint_encoding", "The endpoint compressed its answer, which it was asked not to do.", true);
    }

    private static EndpointFault Fault(HttpRequestException fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case EndpointFault known:
                    return known;
                case AuthenticationException:
                    return new EndpointFault("endpoint_tls", "The endpoint's certificate is not valid for its name.", true);
                case SocketException:
                    return new EndpointFault("endpoint_unreachable", "No connection to the endpoint came about.", true);
            }
        }

        return fault.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError =>
                new EndpointFault("endpoint_tls", "No secure connection to the endpoint came about.", true),
            HttpRequestError.ConfigurationLimitExceeded =>
                new EndpointFault("endpoint_garbage", "The endpoint's answer has too many headers.", true),
            HttpRequestError.InvalidResponse =>
                new EndpointFault("endpoint_garbage", "The endpoint's answer is not HTTP.", true),
            _ => new EndpointFault("endpoint_broken", "The connection broke before the endpoint answered.", true),
        };
    }

    private static string Host(Uri url) => url.IdnHost.Trim('[', ']');
}
