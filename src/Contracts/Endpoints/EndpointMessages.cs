using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Contracts.Messages;

namespace Orkestron.Contracts.Endpoints;

/// <summary>An endpoint sends a message to another step of its task.</summary>
/// <param name="Key">Names it within the step: digits and dots, at most 100. The same one again is sent once.</param>
/// <param name="To"><c>parent</c>, <c>step:3</c> or <c>role:critic</c>.</param>
/// <param name="Type">What it is, for instance <c>draft</c>.</param>
/// <param name="Content">The payload.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SendEndpointMessage(string? Key, string? To, string? Type, JsonElement? Content);

/// <summary>The message is recorded.</summary>
/// <param name="MessageId">Names it within the task.</param>
/// <param name="At">When it was recorded.</param>
public sealed record EndpointMessageSent(string MessageId, DateTimeOffset At);

/// <summary>An endpoint takes the next message for its step.</summary>
/// <param name="Key">Names this taking within the step: the same one again gets the message that it got.</param>
/// <param name="Type">Only messages of this type; null for any.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TakeEndpointMessage(string? Key, string? Type = null);

/// <summary>What was taken.</summary>
/// <param name="Message">The message; null when none came within a few seconds: ask again with the same key.</param>
public sealed record EndpointMessageTaken(AgentMessage? Message);
