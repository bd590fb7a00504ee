using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Chat;

/// <summary>
/// Turns the faults of an endpoint into failures. Nothing of the endpoint's own text is passed on: it may hold the key or
/// another user's data.
/// </summary>
internal static class ModelFaults
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static AgentFailedException Explain(Exception fault, DateTimeOffset now) => fault switch
    {
        ClientResultException { Status: 429 } e => Fail(
            "model_rate_limited", "The model takes no more requests for now.", true, e, RetryAfter(e, now)),
        ClientResultException { Status: 401 or 403 } e => Fail(
            "model_not_authorised", "The model's endpoint does not accept the configured key; tell the operator.", false, e),
        ClientResultException { Status: 408 or >= 500 } e => Fail(
            "model_unavailable", $"The model's endpoint failed with status {e.Status}.", true, e, RetryAfter(e, now)),
        ClientResultException { Status: >= 300 } e => Fail(
            "model_refused", $"The model's endpoint refused the request with status {e.Status}.", false, e),
        OperationCanceledException or TimeoutException => Fail(
            "model_timeout", "The model's endpoint was silent for too long.", true, fault),
        ResponseTooLargeException => Fail(
            "output_too_large", "The model's endpoint sent more than is read.", false, fault),
        ClientResultException or HttpRequestException or IOException => Fail(
            "model_unavailable", "The model's endpoint could not be reached or broke off.", true, fault),
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException => Fail(
            "model_garbled", "The model's endpoint sent something that is no chat completion.", true, fault),
        _ => Fail("model_fault", $"The call of the model broke down: {fault.GetType().Name}.", false, fault),
    };

    public static AgentFailedException Empty() =>
        new("The model's endpoint ended its answer before it said anything.") { Code = "model_garbled", Retryable = true };

    private static AgentFailedException Fail(
        string code, string message, bool retryable, Exception inner, TimeSpan? after = null) =>
        new(message, inner) { Code = code, Retryable = retryable, RetryAfter = after };

    private static TimeSpan? RetryAfter(ClientResultException e, DateTimeOffset now)
    {
        if (e.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        var wait = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWait.TotalSeconds))
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at - now : (TimeSpan?)null;
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }
}
