using System.Text.Json;

namespace Orkestron.Agents.Isolation;

/// <summary>Asks a child for one call.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step within it.</param>
/// <param name="Attempt">Which try.</param>
/// <param name="Now">The step's time.</param>
/// <param name="Input">The input.</param>
internal sealed record RunMessage(
    string Agent, string TaskId, string StepId, int Attempt, DateTimeOffset Now, JsonElement Input);

/// <summary>How far a call is.</summary>
internal sealed record ProgressMessage(double? Percent, string Message);

/// <summary>A child asks for a file.</summary>
internal sealed record OpenMessage(string Reference);

/// <summary>A file that was opened, or why not.</summary>
internal sealed record FileMessage(string? Name, string? MediaType, long Size, EndMessage? Failure);

/// <summary>How a call ended without an answer.</summary>
internal sealed record EndMessage(
    EndKind Kind, string Code, string Message, bool Retryable = false, TimeSpan? RetryAfter = null);

/// <summary>The ways to end without an answer.</summary>
internal enum EndKind
{
    Refused,
    Failed,
    Cancelled,
    OutOfMemory,
    Fault,
}
