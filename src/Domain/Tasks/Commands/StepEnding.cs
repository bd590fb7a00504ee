namespace Orkestron.Domain.Tasks;

/// <summary>What became of the end of an attempt that was told by callback.</summary>
[GenerateSerializer, Alias("orkestron.step-ending")]
public enum StepEnding
{
    /// <summary>It is recorded now.</summary>
    Recorded = 0,

    /// <summary>It was recorded before.</summary>
    Again = 1,

    /// <summary>The attempt ended otherwise: too late, cancelled, or failed.</summary>
    Over = 2,

    /// <summary>There is no such step.</summary>
    Unknown = 3,
}

/// <summary>An attempt that its endpoint took over, to end by callback.</summary>
/// <param name="Attempt">The try.</param>
/// <param name="At">When it was taken over.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-accepted")]
public sealed record StepAccepted([property: Id(0)] int Attempt, [property: Id(1)] DateTimeOffset At);
