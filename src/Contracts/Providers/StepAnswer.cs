using System.Text.Json;

namespace Orkestron.Contracts.Providers;

/// <summary>How a step ended. Sent again until the call returns: then it is durable, or of no interest.</summary>
/// <param name="Ticket">As in the assignment.</param>
/// <param name="Output">The answer; left out when it failed.</param>
/// <param name="Failure">Why it failed; left out when it answered.</param>
/// <param name="Suspended">Whether only this run ended: the step goes on when what it waits for has come.</param>
/// <param name="Asked">
/// The commands that the run gave, as the library writes them: the platform then notices code that gives
/// fewer than an earlier run of it did. Left out for no such check.
/// </param>
public sealed record StepAnswer(
    string Ticket, JsonElement? Output, AgentFailure? Failure, bool Suspended = false, string? Asked = null)
{
    /// <summary>What the run recorded and has not had acknowledged: recorded with its end. Null for nothing.</summary>
    public IReadOnlyList<StepValue>? Values { get; init; }
}

/// <summary>Why an agent gave no answer.</summary>
/// <param name="Code">For programs: lower-case letters, digits and _, at most 60.</param>
/// <param name="Message">For the user, at most 2,000 characters.</param>
/// <param name="Retryable">Whether another try may succeed.</param>
/// <param name="Refused">Whether the agent refused the input.</param>
/// <param name="RetryAfterSeconds">How long to wait before the next try; left out for the platform's own backoff.</param>
public sealed record AgentFailure(
    string Code, string Message, bool Retryable = false, bool Refused = false, double? RetryAfterSeconds = null);

/// <summary>How far a step is. Transient: merged and bounded.</summary>
/// <param name="Ticket">As in the assignment.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Message">One line, at most 300 characters.</param>
/// <param name="Text">More of the partial output.</param>
public sealed record StepProgress(string Ticket, double? Percent, string? Message, string? Text);
