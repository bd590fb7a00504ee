using System.Text.Json;

namespace Orkestron.Contracts.Providers;

/// <summary>A step for a process to run. It says nothing of the user.</summary>
/// <param name="Ticket">Names the attempt in all that the process sends; opaque.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="AgentVersion">The version agreed at submission.</param>
/// <param name="TaskId">A pseudonym of the task: the same for all steps that one provider gets of it, another for others.</param>
/// <param name="StepId">The step within the task.</param>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="Turn">Which run of the try: 0, and one more each time it went on after a long wait.</param>
/// <param name="Input">Valid against the agent's input schema.</param>
/// <param name="RequestedAt">When the step was asked for.</param>
/// <param name="Deadline">When the answer is of no interest any more.</param>
public sealed record StepAssignment(
    string Ticket,
    string Agent,
    string AgentVersion,
    string TaskId,
    int StepId,
    int Attempt,
    int Turn,
    JsonElement Input,
    DateTimeOffset RequestedAt,
    DateTimeOffset Deadline)
{
    /// <summary>
    /// Whether nothing is recorded for the step, no value, call, question, wait or message: what the run asks for is new and need
    /// not be looked up. False where that is not known.
    /// </summary>
    public bool Fresh { get; init; }

    /// <summary>The platform's clock when it was sent; null from a platform that does not take <see cref="StepValues"/>.</summary>
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>Nobody wants the answer any more.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="TaskId">As in the assignment.</param>
/// <param name="StepId">As in the assignment.</param>
/// <param name="Attempt">As in the assignment.</param>
/// <param name="Turn">As in the assignment.</param>
public sealed record StepStop(string Agent, string TaskId, int StepId, int Attempt, int Turn);
