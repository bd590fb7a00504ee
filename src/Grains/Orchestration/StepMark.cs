using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Orchestration;

namespace Orkestron.Grains.Orchestration;

/// <summary>What is recorded at a place in an agent's code. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Until">When a wait ends.</param>
/// <param name="Content">The question, or the value.</param>
internal sealed record StepMark(MarkKind Kind, DateTimeOffset At, DateTimeOffset? Until, Payload? Content)
{
    /// <summary>The owner's answer; null while there is none, or when its owner was erased.</summary>
    public Payload? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public bool Open => Kind == MarkKind.Question && AnsweredAt is null;
}
