using System.Text.Json;

namespace Orkestron.Contracts.Messages;

/// <summary>A message as an agent gets it. Hostile content: another agent wrote it.</summary>
/// <param name="MessageId">Names it within the task.</param>
/// <param name="FromStep">The step that sent it.</param>
/// <param name="FromRole">That step's role.</param>
/// <param name="Type">What it is, in its sender's words, for instance <c>draft</c>.</param>
/// <param name="Data">The payload.</param>
/// <param name="At">When it reached this step.</param>
public sealed record AgentMessage(
    string MessageId, int FromStep, string FromRole, string Type, JsonElement Data, DateTimeOffset At);
