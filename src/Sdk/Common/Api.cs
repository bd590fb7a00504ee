using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Common;

namespace Orkestron.Sdk.Common;

/// <summary>Sends requests to the REST API, with retries while the platform cannot be reached or asks to wait.</summary>
internal sealed class Api(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(100);

    public HttpClient Http => http;

    /// <summary>Sends a request, with retries, and reads the response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="idempotencyKey">Identifies the request, so that a retried POST takes effect once; null for none.</param>
    /// <param name="tries">Maximum number of attempts; <see cref="int.MaxValue"/> for no limit.</param>
    /// <param name="stop">Cancels the retries.</param>
    /// <exception cref="OrkestronException">The platform refused the request, or could not be reached.</exception>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, string? idempotencyKey, int tries, CancellationToken stop)
    {
        try
        {
            return await Retries.Of(clock, MayPass, tries).ExecuteAsync(
                async stop => await TryAsync<T>(method, path, body, idempotencyKey, stop).ConfigureAwait(false), stop)
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (IsAway(fault) && !stop.IsCancellationRequested)
        {
            throw new OrkestronException($"{http.BaseAddress} does not answer: {fault.Message}", fault) { Code = "unreachable" };
        }
    }

    /// <summary>Whether a retry may succeed.</summary>
    public static bool MayPass(Exception fault) =>
        fault is OrkestronException { Status: { } status } ? MayPass(status) : IsAway(fault);

    private static bool IsAway(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException;

    private async Task<T> TryAsync<T>(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(RequestTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        using var request = Request(method, path, body, idempotencyKey);
        using var answer = await http.SendAsync(request, either.Token).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? await ReadAsync<T>(answer, either.Token).ConfigureAwait(false)
            : throw await RefusedAsync(answer, either.Token).ConfigureAwait(false);
    }

    /// <summary>Reads the problem in a response.</summary>
    public static async Task<OrkestronException> RefusedAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var problem = Problem(await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false));
        return new OrkestronException(problem?.Detail ?? $"The platform answered {(int)answer.StatusCode}.")
        {
            Code = problem?.Code ?? "unknown",
            Status = answer.StatusCode,
            RetryAfter = answer.Headers.RetryAfter?.Delta,
        };
    }

    private static Problem? Problem(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(text, SdkJson.Wire) is { Code: not null } problem ? problem : null;
        }
        catch (JsonException)
        {
            // Not from the platform, perhaps from a proxy.
            return null;
        }
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
