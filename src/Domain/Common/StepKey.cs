using System.Collections.Immutable;

namespace Orkestron.Domain;

/// <summary>One run of one attempt of one step.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step within the task.</param>
/// <param name="Attempt">The try, from 1.</param>
/// <param name="Turn">The run within the try, from 0: one more each time it went on after a long wait.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-key")]
public readonly record struct StepKey(
    [property: Id(0)] Guid TaskId, [property: Id(1)] int StepId, [property: Id(2)] int Attempt, [property: Id(3)] int Turn);
