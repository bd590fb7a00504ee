using System.Text.Json;
using Orkestron.Contracts.Messages;

namespace Orkestron.Contracts.Providers;

/// <summary>A step sends a message to another one. The same at the same place again is sent once.</summary>
/// <param name="Ticket">The sending step's.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="To"><c>parent</c>, <c>step:3</c> or <c>role:critic</c>.</param>
/// <param name="Type">What it is.</param>
/// <param name="Content">The payload.</param>
public sealed record StepSend(string Ticket, string Key, string To, string Type, JsonElement Content);

/// <summary>A step takes the next message, or looks whether there is one.</summary>
/// <param name="Ticket">The receiving step's.</param>
/// <param name="Key">The place in the agent's code.</param>
/// <param name="Type">Only messages of this type; null for any.</param>
public sealed record StepReceive(string Ticket, string Key, string? Type);

/// <summary>What came of sending or taking.</summary>
/// <param name="MessageId">The message; null when there is none.</param>
/// <param name="At">When it was sent or taken; null as the id.</param>
/// <param name="Message">The message taken.</param>
/// <param name="Failure">Why it cannot be; null otherwise.</param>
public sealed record StepMessageResult(string? MessageId, DateTimeOffset? At, AgentMessage? Message, AgentFailure? Failure);
