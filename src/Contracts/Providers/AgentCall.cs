using System.Text.Json;

namespace Orkestron.Contracts.Providers;

/// <summary>A step calls another agent. The same call again is made once and gets the recorded answer.</summary>
/// <param name="Ticket">The calling step's.</param>
/// <param name="Call">The number of the call within the step, from 0, in the order of its code.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="Input">Valid against that agent's input schema.</param>
public sealed record AgentCall(string Ticket, int Call, string Agent, JsonElement Input);

/// <summary>What a call came to.</summary>
/// <param name="Ticket">The calling step's.</param>
/// <param name="Call">The call's number.</param>
/// <param name="Output">The answer; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it answered.</param>
public sealed record AgentCallEnded(string Ticket, int Call, JsonElement? Output, AgentFailure? Failure);
