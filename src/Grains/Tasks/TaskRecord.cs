using System.Collections.Immutable;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>A task: the fold of its events. Immutable.</summary>
internal sealed record TaskRecord
{
    public static TaskRecord None { get; } = new();

    /// <summary>Null until submitted.</summary>
    public TaskSubmitted? Submission { get; init; }

    public Payload? Input { get; init; }

    public TaskState State { get; init; }

    public string? FailureCode { get; init; }

    public Payload? FailureMessage { get; init; }

    /// <summary>By step id, from 1, in order of request.</summary>
    public ImmutableList<StepRecord> Steps { get; init; } = [];

    public TaskSettled? Settlement { get; init; }

    public TaskShared? Share { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool Exists => Submission is not null;

    public bool Ended => Exists && State.IsTerminal();

    /// <summary>Ended, and its hold resolved: nothing more happens.</summary>
    public bool Closed => Settlement is not null;

    public StepRecord? Step(int id) => id >= 1 && id <= Steps.Count ? Steps[id - 1] : null;

    /// <summary>The child a step asked for with its n-th call, or null.</summary>
    public StepRecord? Child(int parentId, int call) =>
        Steps.Find(step => step.Request.ParentId == parentId && step.Request.Call == call);

    /// <summary>What is still free in the hold: held, less what steps cost or may cost.</summary>
    public long FreeMicro => (Submission?.HeldMicro ?? 0) - Steps.Sum(static step => step.CommittedMicro);

    /// <summary>What completed steps cost.</summary>
    public long CostMicro => Steps.Sum(static step => step.CostMicro);

    /// <summary>How deep a step lies: 1 for the root.</summary>
    public int DepthOf(StepRecord step) =>
        step.Request.ParentId is { } parent && Step(parent) is { } above ? DepthOf(above) + 1 : 1;
}

/// <summary>A step: the fold of its events. Immutable.</summary>
internal sealed record StepRecord(StepRequested Request, DateTimeOffset RequestedAt)
{
    public StepState State { get; init; }

    /// <summary>The running or last attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long CostMicro { get; init; }

    public Payload? Output { get; init; }

    public string? FailureCode { get; init; }

    public bool Refused { get; init; }

    public Payload? FailureMessage { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public int Id => Request.StepId;

    public bool Ended => State is StepState.Completed or StepState.Failed or StepState.Canceled;

    /// <summary>Whether an agent may be at its attempt: a retry's attempt is the next one as soon as the last has failed.</summary>
    public bool Outstanding => State is StepState.Requested or StepState.Working or StepState.Retrying;

    /// <summary>Whether its attempt is to be with its agent by now.</summary>
    public bool IsDue(DateTimeOffset now) => Outstanding && !(State == StepState.Retrying && RetryAt > now);

    public long CommittedMicro => State switch
    {
        StepState.Completed => CostMicro,
        StepState.Failed or StepState.Canceled => 0,
        _ => Request.PriceMicro,
    };
}
