using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Peers;

/// <summary>Sends jobs over connections that are kept open, the same for all systems.</summary>
internal sealed class HttpDriver : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 1_000,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
    })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Keeps so many in flight for a while.</summary>
    /// <returns>The latencies, and how long it took in all.</returns>
    public async Task<(Latencies Latencies, TimeSpan Elapsed)> MeasureAsync(PeerJob job, int inFlight, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await RunAsync(job).ConfigureAwait(false);
                latencies.AddSince(begun);
            }
        }))).ConfigureAwait(false);
        return (latencies, watch.Elapsed);
    }

    public void Dispose() => _http.Dispose();

    private async Task RunAsync(PeerJob job)
    {
        using var request = new HttpRequestMessage(job.Body is null ? HttpMethod.Get : HttpMethod.Post, job.Address);
        if (job.Body is { } json)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = Json;
        }

        if (job.Key is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var answer = await _http.SendAsync(request).ConfigureAwait(false);
        var body = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if ((int)answer.StatusCode != 200 || !job.Answer.All(part => body.AsSpan().IndexOf(part) >= 0))
        {
            throw new InvalidOperationException($"{job.Name} answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
        }
    }
}
