using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Providers;

/// <summary>How a run ended at a process: with an answer, with a failure, or, with neither, to go on after a long wait.</summary>
/// <param name="Step">Which attempt.</param>
/// <param name="StartedAt">When it was assigned.</param>
/// <param name="Output">The answer; not yet checked.</param>
/// <param name="Failure">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-handed-in")]
public sealed record StepRunResult(
    [property: Id(0)] StepKey Step,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] Payload? Output,
    [property: Id(3)] StepFailure? Failure)
{
    /// <summary>The commands that the run asked for, as it reports them; null when it does not.</summary>
    [Id(4)]
    public string? Asked { get; init; }

    /// <summary>What the run recorded and the task may not have yet.</summary>
    [Id(5)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}
