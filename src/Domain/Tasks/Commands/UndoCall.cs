using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>Asks for what plans within a call have done to be undone.</summary>
/// <param name="StepId">The step whose plan asks.</param>
/// <param name="Place">The place of the call.</param>
/// <param name="Key">The place that undoes it.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.undo-call")]
public sealed record UndoCall(
    [property: Id(0)] int StepId, [property: Id(1)] string Place, [property: Id(2)] string Key, [property: Id(3)] int Attempt);

/// <summary>Asks for money to be kept free to undo steps of a plan that are not one call.</summary>
/// <param name="StepId">The step whose plan asks.</param>
/// <param name="Key">The place: numbers, letters and dots, at most 200 characters.</param>
/// <param name="By">The agents that undo it.</param>
/// <param name="StaysOnCancel">Whether what was done stays when the task is cancelled.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.undo-reservation")]
public sealed record UndoReservation(
    [property: Id(0)] int StepId,
    [property: Id(1)] string Key,
    [property: Id(2)] ImmutableArray<string> By,
    [property: Id(3)] bool StaysOnCancel,
    [property: Id(4)] int Attempt);
