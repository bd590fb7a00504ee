using System.Text.Json;

namespace Orkestron.Contracts.Providers;

/// <summary>A step calls another agent. The same call again is made once and gets the recorded answer.</summary>
/// <param name="Ticket">The calling step's.</param>
/// <param name="Key">The place of the call in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="Input">Valid against that agent's input schema.</param>
/// <param name="Budget">At most this is spent on it, its own calls included; null for what that agent declares.</param>
/// <param name="Role">What messages call the step; null for its agent.</param>
public sealed record AgentCall(
    string Ticket, string Key, string Agent, JsonElement Input, Tokens? Budget = null, string? Role = null)
{
    /// <summary>
    /// What the step recorded and has not had acknowledged: recorded before the call, and durable when it has ended with an
    /// answer. Null for nothing.
    /// </summary>
    public IReadOnlyList<StepValue>? Values { get; init; }
}

/// <summary>What a call came to.</summary>
/// <param name="Ticket">The calling step's.</param>
/// <param name="Key">The call's key.</param>
/// <param name="Output">The answer; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it answered.</param>
/// <param name="At">When that was recorded.</param>
public sealed record AgentCallEnded(string Ticket, string Key, JsonElement? Output, AgentFailure? Failure, DateTimeOffset At);

/// <summary>A step records a wait, a question or a value once, or looks what is recorded.</summary>
/// <param name="Ticket">The step's.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Kind"><c>wait</c>, <c>question</c> or <c>value</c>.</param>
/// <param name="DelaySeconds">How long, for a wait.</param>
/// <param name="Content">The value, or the question as <c>{prompt, schema, subject}</c>; left out to look only.</param>
public sealed record StepHistoryRequest(string Ticket, string Key, string Kind, double? DelaySeconds = null, JsonElement? Content = null);

/// <summary>What is recorded under a key.</summary>
/// <param name="At">When it was recorded or answered, or when the wait ends; null when there is none yet.</param>
/// <param name="Value">The value or the answer.</param>
/// <param name="Failure">Why nothing was recorded; null when it was.</param>
public sealed record StepHistoryResult(DateTimeOffset? At, JsonElement? Value, AgentFailure? Failure);
