using System.Net;
using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>Maps status codes other than 200 and 202 to failures. Pure.</summary>
internal static class AnswerStatus
{
    /// <summary>The failure.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">The requested delay.</param>
    /// <param name="problem">The problem (RFC 9457) in the body, if any; untrusted.</param>
    public static StepFailure Of(HttpStatusCode status, TimeSpan? retryAfter, JsonElement? problem)
    {
        var code = (int)status;
        var said = Said(problem);
        return code switch
        {
            429 or 503 when retryAfter is not null => new StepFailure(
                EndpointFaults.Busy, said ?? "The agent is busy and asks to come back later.", true, false, retryAfter),
            429 => new StepFailure(EndpointFaults.Busy, said ?? "The agent is busy.", true, false, null),
            400 or 413 or 415 or 422 => new StepFailure("agent_refused", said ?? "The agent refused the input.", false, true, null),
            408 or 409 or 423 or 425 => new StepFailure(
                "endpoint_conflict", said ?? $"The endpoint answered {code}.", true, false, retryAfter),
            >= 500 => new StepFailure("endpoint_error", $"The endpoint answered {code}.", true, false, retryAfter),
            >= 400 => new StepFailure("endpoint_refused", said ?? $"The endpoint answered {code}.", false, false, null),
            >= 300 => new StepFailure(
                "endpoint_redirect", $"The endpoint answered {code}: redirects are not followed.", false, false, null),
            _ => new StepFailure(
                "endpoint_garbage", $"The endpoint answered {code}; 200 and 202 are what it may.", true, false, null),
        };
    }

    /// <summary>The delay that a response requests, limited.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now, TimeSpan most)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return asked is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait < most ? wait : most : null;
    }

    private static string? Said(JsonElement? problem) =>
        (Text(problem, "detail") ?? Text(problem, "title")) is { } said ? StepFailure.Cut(said) : null;

    private static string? Text(JsonElement? problem, string name) =>
        problem is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;
}
