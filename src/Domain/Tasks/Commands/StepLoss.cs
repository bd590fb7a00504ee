using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A run of an attempt that ended without an end.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Turn">Which run of the attempt.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="EndedAt">When the loss was noticed.</param>
/// <param name="Reason">One of <see cref="StepLosses"/>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-loss")]
public sealed record StepLoss(
    [property: Id(0)] int StepId,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Turn,
    [property: Id(3)] DateTimeOffset StartedAt,
    [property: Id(4)] DateTimeOffset EndedAt,
    [property: Id(5)] string Reason);

/// <summary>Why a run ended without an end.</summary>
public static class StepLosses
{
    /// <summary>The process that worked on it is gone.</summary>
    public const string WorkerLost = "worker_lost";

    /// <summary>The process gave it back, for instance because it was asked to end.</summary>
    public const string HandedBack = "handed_back";
}
