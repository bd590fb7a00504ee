using System.Text.Json;

namespace Orkestron.Contracts.Messages;

/// <summary>A message between agents of a task, as its owner sees it. Named as A2A names a message.</summary>
/// <param name="MessageId">Names it within the task.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Role">Who speaks: always <c>agent</c>.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Type">What it is, in its sender's words.</param>
/// <param name="Parts">Its content; empty once that was erased.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="ReceivedAt">When its receiver took it; null before.</param>
public sealed record TaskMessage(
    string MessageId,
    Guid TaskId,
    string Role,
    MessageParty From,
    MessageParty To,
    string Type,
    IReadOnlyList<MessagePart> Parts,
    DateTimeOffset SentAt,
    DateTimeOffset? ReceivedAt);

/// <summary>Who sends or gets a message.</summary>
/// <param name="StepId">The step; null while nobody has taken a message for a role.</param>
/// <param name="Role">The step's role.</param>
/// <param name="Agent">Provider and name; null as <paramref name="StepId"/>.</param>
public sealed record MessageParty(int? StepId, string Role, string? Agent);

/// <summary>A part of a message.</summary>
/// <param name="Data">The payload, JSON.</param>
/// <param name="MediaType">Always <c>application/json</c>.</param>
public sealed record MessagePart(JsonElement Data, string MediaType = "application/json");
