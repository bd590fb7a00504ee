using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Tasks;

/// <summary>Hands a task to an agent.</summary>
/// <param name="Agent">Provider and name, for instance <c>orkestron/summariser</c>.</param>
/// <param name="Input">Valid against the agent's input schema.</param>
/// <param name="BudgetTokens">At most this is held; the agent's price and call budget when left out.</param>
/// <param name="Deadline">When the task fails if it has not ended; a default when left out.</param>
/// <param name="AgentVersion">A version of the agent, for its provider to try it; what others get when left out.</param>
/// <param name="AgreedPrice">
/// The price that was quoted: if the run costs more by now, nothing is run and the answer is 409 <c>price_changed</c>. When
/// neither this nor a budget is sent, the last quote counts for an hour.
/// </param>
/// <param name="AgreedHold">What was quoted as held, in the same way.</param>
/// <param name="MaxAttempts">How often each step is tried at most, from 1; the platform's limit when left out or higher.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateTaskRequest(
    string? Agent,
    JsonElement? Input,
    Tokens? BudgetTokens = null,
    DateTimeOffset? Deadline = null,
    string? AgentVersion = null,
    Tokens? AgreedPrice = null,
    Tokens? AgreedHold = null,
    int? MaxAttempts = null);

/// <summary>Asks what a run would cost.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Input">The input: its size makes the price.</param>
/// <param name="AgentVersion">As in a task; the current version when left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuoteRequest(string? Agent, JsonElement? Input, string? AgentVersion = null);

/// <summary>What a run would cost.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Version">The version it would run.</param>
/// <param name="InputBytes">The input's size as it is counted: compact UTF-8 JSON.</param>
/// <param name="Price">Charged when the run completes.</param>
/// <param name="Held">Set aside while it runs; what is not charged returns.</param>
/// <param name="Available">What the wallet has to spend.</param>
/// <param name="Missing">What the wallet lacks to begin; 0 when nothing.</param>
public sealed record TaskQuote(
    string Agent, string Version, int InputBytes, Tokens Price, Tokens Held, Tokens Available, Tokens Missing);

/// <summary>Answers an agent's question.</summary>
/// <param name="QuestionId">The question; may be left out while only one is open.</param>
/// <param name="Input">Valid against the question's schema.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TaskInputRequest(JsonElement? Input, string? QuestionId = null);

/// <summary>Runs a task's input again.</summary>
/// <param name="FromStep">
/// Take over, neither run nor paid again, what the task recorded before this step; all runs anew when left out or 1.
/// </param>
/// <param name="AgreedPrice">
/// What it may cost, if that is more than the task before: otherwise the answer to a dearer one is 409 <c>price_changed</c>.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetryTaskRequest(int? FromStep = null, Tokens? AgreedPrice = null);

/// <summary>Makes a link through which anyone may read the task.</summary>
/// <param name="ExpiresAt">When the link ends; a default when left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ShareRequest(DateTimeOffset? ExpiresAt = null);

/// <summary>A link to read a task by. Its token is shown this once.</summary>
/// <param name="Token">The secret part.</param>
/// <param name="Url">The page to send to people.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record ShareLink(string Token, string Url, DateTimeOffset ExpiresAt);
