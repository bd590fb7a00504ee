using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>An agent's call of another agent.</summary>
/// <param name="StepId">The calling step.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Agent">Provider and name of the called agent.</param>
/// <param name="Input">Its input.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-call")]
public sealed record StepCall(
    [property: Id(0)] int StepId, [property: Id(1)] string Key, [property: Id(2)] string Agent, [property: Id(3)] Payload Input)
{
    /// <summary>At most this may be spent on it, its own calls included; null for what its agent declares.</summary>
    [Id(4)]
    public long? BudgetMicro { get; init; }

    /// <summary>What messages call the step; null for its agent.</summary>
    [Id(5)]
    public string? Role { get; init; }

    /// <summary>Only while this attempt of the caller runs; null for whichever does.</summary>
    [Id(6)]
    public int? Attempt { get; init; }

    /// <summary>The agents that undo the call once it is done; none when nothing does.</summary>
    [Id(7)]
    public ImmutableArray<string> UndoneBy { get; init; } = [];

    /// <summary>Whether what was done stays when the task is cancelled.</summary>
    [Id(8)]
    public bool StaysOnCancel { get; init; }

    /// <summary>The place of the call that this one undoes, or null.</summary>
    [Id(9)]
    public string? Undoes { get; init; }

    /// <summary>What the run recorded and the task may not have yet: recorded before the call.</summary>
    [Id(62)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}

/// <summary>What a call came to: an answer or a failure, or neither while it still runs.</summary>
/// <param name="Output">The answer.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="At">When it was recorded.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-call-result")]
public sealed record StepCallResult(
    [property: Id(0)] Payload? Output, [property: Id(1)] StepFailure? Failure, [property: Id(2)] DateTimeOffset At)
{
    /// <summary>Whether what is called itself waits for long: for a person, or until a time. Its caller need not stay.</summary>
    [Id(3)]
    public bool Waits { get; init; }

    /// <summary>Whether plans within the call have done what can be undone.</summary>
    [Id(4)]
    public bool Undoable { get; init; }

    /// <summary>The activation of the task that told it before it was durable; null when it is durable.</summary>
    [Id(5)]
    public string? Early { get; init; }

    /// <summary>Neither: send the call again.</summary>
    public static StepCallResult StillRunning { get; } = new(null, null, default);

    /// <summary>Whether it has ended.</summary>
    public bool Ended => Output is not null || Failure is not null;
}
