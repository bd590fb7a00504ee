using System.Text.Json;

namespace Orkestron.Contracts.Endpoints;

/// <summary>
/// What an endpoint tells: a line of a stream, or the body of a callback. Which members count depends on the type.
/// </summary>
/// <param name="Type"><c>progress</c>, <c>partial</c>, <c>result</c> or <c>error</c>.</param>
/// <param name="Percent">progress: 0 to 100.</param>
/// <param name="Message">progress: one line, at most 300 characters. error: for the user, at most 2,000.</param>
/// <param name="Text">partial: more of the partial output.</param>
/// <param name="Output">result: the answer, valid against the agent's output schema.</param>
/// <param name="Code">error: for programs; lower-case letters, digits and _, at most 60.</param>
/// <param name="Retryable">error: whether another try may succeed.</param>
/// <param name="Refused">error: whether the agent refused the input; then the task is rejected.</param>
/// <param name="RetryAfterSeconds">error: how long to wait before the next try.</param>
public sealed record EndpointEvent(
    string Type,
    double? Percent = null,
    string? Message = null,
    string? Text = null,
    JsonElement? Output = null,
    string? Code = null,
    bool? Retryable = null,
    bool? Refused = null,
    double? RetryAfterSeconds = null);

/// <summary>A callback was taken, and what it says is durable.</summary>
/// <param name="Status"><c>recorded</c>, or <c>told</c> for progress and partial output.</param>
public sealed record CallbackReceipt(string Status);
