using System.Text.Json;

namespace Orkestron.Contracts.Providers;

/// <summary>A value that a run has recorded for itself, and that the platform has still to record.</summary>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Value">The value.</param>
/// <param name="At">When it was recorded, by the platform's clock: <see cref="StepAssignment.SentAt"/> and what passed since.</param>
public sealed record StepValue(string Key, JsonElement Value, DateTimeOffset At);

/// <summary>
/// Values of a step, in the order in which they were recorded. The same again is recorded once: send them until they are
/// acknowledged. At most <see cref="ProviderWelcome.MaxValues"/> and <see cref="ProviderWelcome.MaxValueBytes"/>.
/// </summary>
/// <param name="Ticket">The step's.</param>
/// <param name="Values">The values.</param>
public sealed record StepValues(string Ticket, IReadOnlyList<StepValue> Values);

/// <summary>What came of values, once that is durable.</summary>
/// <param name="Taken">How many are recorded, from the first on.</param>
/// <param name="Failure">
/// Why the next one is not; null when all are. <see cref="Superseded"/> when another run of the step has recorded something
/// else: this one is of no use any more, and the step is given back.
/// </param>
public sealed record StepValuesResult(int Taken, AgentFailure? Failure)
{
    /// <summary>The code when another run of the step has recorded something else at a place.</summary>
    public const string Superseded = "run_superseded";
}
