using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Common;

namespace Orkestron.Sdk.Common;

/// <summary>Sends requests to the REST API, again while the platform is away or asks to wait.</summary>
internal sealed class Api(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(100);

    public HttpClient Http => http;

    /// <summary>Sends until there is an answer, and reads it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="idempotencyKey">Makes a repeated POST the same request.</param>
    /// <param name="tries">How often at most; a caller that waits for ever gives <see cref="int.MaxValue"/>.</param>
    /// <param name="stop">Stops the trying.</param>
    /// <exception cref="OrkestronException">The platform refused, or stayed away.</exception>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, string? idempotencyKey, int tries, CancellationToken stop)
    {
        var wait = new Backoff(clock);
        for (var i = 1; ; i++)
        {
            TimeSpan? asked = null;
            try
            {
                using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await using var timer = clock.CreateTimer(
                    static state => ((CancellationTokenSource)state!).Cancel(), time, RequestTime, Timeout.InfiniteTimeSpan);
                using var request = Request(method, path, body, idempotencyKey);
                using var answer = await http.SendAsync(request, time.Token).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return await ReadAsync<T>(answer, time.Token).ConfigureAwait(false);
                }

                var refused = await RefusedAsync(answer, time.Token).ConfigureAwait(false);
                if (i >= tries || !MayPass(answer.StatusCode))
                {
                    throw refused;
                }

                asked = answer.Headers.RetryAfter?.Delta;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException
                && !stop.IsCancellationRequested)
            {
                if (i >= tries)
                {
                    throw new OrkestronException($"{http.BaseAddress} does not answer: {fault.Message}", fault) { Code = "unreachable" };
                }
            }

            await wait.PauseAsync(asked, stop).ConfigureAwait(false);
        }
    }

    /// <summary>What a refusal says.</summary>
    public static async Task<OrkestronException> RefusedAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var text = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        try
        {
            if (JsonSerializer.Deserialize<Problem>(text, SdkJson.Wire) is { Code: not null } problem)
            {
                return new OrkestronException(problem.Detail) { Code = problem.Code, Status = answer.StatusCode };
            }
        }
        catch (JsonException)
        {
            // Not the platform's own words: a proxy's, perhaps.
        }

        return new OrkestronException($"The platform answered {(int)answer.StatusCode}.") { Code = "unknown", Status = answer.StatusCode };
    }

    public static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(
                JsonSerializer.Serialize(body, SdkJson.Wire), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        var text = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        return JsonSerializer.Deserialize<T>(text, SdkJson.Wire)
            ?? throw new OrkestronException("The platform's answer was empty.") { Status = answer.StatusCode };
    }
}
