using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A task as it stands, durable up to <see cref="Sequence"/>.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.task-view")]
public sealed record TaskView
{
    [Id(0)]
    public required Guid Id { get; init; }

    [Id(1)]
    public required Guid UserId { get; init; }

    /// <summary>Provider and name.</summary>
    [Id(2)]
    public required string Agent { get; init; }

    [Id(3)]
    public required string AgentVersion { get; init; }

    [Id(4)]
    public required TaskState State { get; init; }

    /// <summary>One sentence for people: what happens, or why it ended.</summary>
    [Id(5)]
    public string? StatusMessage { get; init; }

    /// <summary>Why it failed or was rejected, for programs; null otherwise.</summary>
    [Id(6)]
    public string? FailureCode { get; init; }

    /// <summary>The input; null when its owner was erased.</summary>
    [Id(7)]
    public Payload? Input { get; init; }

    [Id(8)]
    public ImmutableArray<StepView> Steps { get; init; } = [];

    /// <summary>The answer, when completed.</summary>
    [Id(9)]
    public Payload? Result { get; init; }

    /// <summary>Partial output of the root step while it works. Transient.</summary>
    [Id(10)]
    public string? Partial { get; init; }

    /// <summary>Set aside at submission, micro-tokens.</summary>
    [Id(11)]
    public long HeldMicro { get; init; }

    /// <summary>Paid, micro-tokens; 0 until settled.</summary>
    [Id(12)]
    public long ChargedMicro { get; init; }

    /// <summary>Released back, micro-tokens; 0 until settled.</summary>
    [Id(13)]
    public long RefundedMicro { get; init; }

    /// <summary>Whether the hold is resolved.</summary>
    [Id(14)]
    public bool Settled { get; init; }

    /// <summary>The number of the last journaled event.</summary>
    [Id(15)]
    public long Sequence { get; init; }

    [Id(16)]
    public DateTimeOffset CreatedAt { get; init; }

    [Id(17)]
    public DateTimeOffset? EndedAt { get; init; }

    [Id(18)]
    public DateTimeOffset Deadline { get; init; }

    /// <summary>Place in the agent's queue, 1 for the next; null when not waiting.</summary>
    [Id(19)]
    public int? QueuePosition { get; init; }

    /// <summary>When the running share link ends, or null.</summary>
    [Id(20)]
    public DateTimeOffset? SharedUntil { get; init; }

    /// <summary>What its agents ask the owner.</summary>
    [Id(21)]
    public ImmutableArray<QuestionView> Questions { get; init; } = [];

    /// <summary>The step of an earlier task that this one goes on from; null for a task of its own.</summary>
    [Id(22)]
    public StepRef? RetryOf { get; init; }

    /// <summary>What was sent and left out of the input, because the agent's schema does not declare it: JSON Pointers.</summary>
    [Id(23)]
    public ImmutableArray<string> DroppedMembers { get; init; } = [];

    /// <summary>What it waits for; null while an agent works on it, and when it has ended.</summary>
    [Id(60)]
    public WaitView? WaitingFor { get; init; }

    /// <summary>What else its submitter asked for; null for nothing.</summary>
    [Id(61)]
    public TaskTerms? Terms { get; init; }
}

/// <summary>One call of one agent within a task.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-view")]
public sealed record StepView
{
    /// <summary>1 for the root step, then in order of request.</summary>
    [Id(0)]
    public required int Id { get; init; }

    /// <summary>The step whose agent asked for this one; null for the root.</summary>
    [Id(1)]
    public int? ParentId { get; init; }

    [Id(2)]
    public required string Agent { get; init; }

    [Id(3)]
    public required string AgentVersion { get; init; }

    [Id(4)]
    public required StepState State { get; init; }

    /// <summary>The running or last attempt, from 1: one more after each that failed or whose worker was lost.</summary>
    [Id(5)]
    public int Attempt { get; init; }

    [Id(6)]
    public DateTimeOffset RequestedAt { get; init; }

    [Id(7)]
    public DateTimeOffset? StartedAt { get; init; }

    [Id(8)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Charged when completed, agreed before; micro-tokens.</summary>
    [Id(9)]
    public long PriceMicro { get; init; }

    /// <summary>Charged; micro-tokens.</summary>
    [Id(10)]
    public long CostMicro { get; init; }

    /// <summary>0 to 100 while known. Transient.</summary>
    [Id(11)]
    public double? Percent { get; init; }

    /// <summary>The last progress line, or why it failed.</summary>
    [Id(12)]
    public string? Message { get; init; }

    /// <summary>Why it failed, for programs.</summary>
    [Id(13)]
    public string? FailureCode { get; init; }

    /// <summary>When the next attempt begins, while retrying.</summary>
    [Id(14)]
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What was handed to the agent; null for the root (the task's input) or when erased.</summary>
    [Id(15)]
    public Payload? Input { get; init; }

    /// <summary>What it answered; null for the root (the task's result), while open, or when erased.</summary>
    [Id(16)]
    public Payload? Output { get; init; }

    /// <summary>Whether what the agent got stayed inside the platform.</summary>
    [Id(17)]
    public bool KeepsInside { get; init; }

    /// <summary>Who outside the platform the agent sends it to; null for nobody, or for the agent's provider alone.</summary>
    [Id(18)]
    public string? Recipient { get; init; }

    /// <summary>Files that it read or made, in order.</summary>
    [Id(19)]
    public ImmutableArray<StepFile> Files { get; init; } = [];

    /// <summary>The place in its caller's code, numbers and dots; null for the root.</summary>
    [Id(20)]
    public string? Key { get; init; }

    /// <summary>The step whose recorded answer it took over, without running or paying; null when it ran.</summary>
    [Id(21)]
    public StepRef? ReusedFrom { get; init; }

    /// <summary>When an agent was at it: one for each run of each attempt, the recent ones.</summary>
    [Id(22)]
    public ImmutableArray<StepRun> Runs { get; init; } = [];

    /// <summary>The waits, questions and values that its agent had recorded, in the order of its code.</summary>
    [Id(23)]
    public ImmutableArray<HistoryEntryView> History { get; init; } = [];

    /// <summary>What attempts without an answer had written, as far as it was kept, oldest first.</summary>
    [Id(25)]
    public ImmutableArray<AttemptOutput> Outputs { get; init; } = [];

    /// <summary>What its caller sent and the agent does not see, because its schema does not declare it: JSON Pointers.</summary>
    [Id(24)]
    public ImmutableArray<string> DroppedMembers { get; init; } = [];

    /// <summary>What it waits for; null while its agent works on it, and when it has ended.</summary>
    [Id(60)]
    public WaitView? WaitingFor { get; init; }
}

/// <summary>What an attempt without an answer had written.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="Text">The beginning of it. Hostile text.</param>
/// <param name="IsWhole">Whether that is all of it.</param>
[GenerateSerializer, Immutable, Alias("orkestron.attempt-output")]
public sealed record AttemptOutput(
    [property: Id(0)] int Attempt, [property: Id(1)] string Text, [property: Id(2)] bool IsWhole);

/// <summary>A run of a step's agent.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it goes on.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-run")]
public readonly record struct StepRun(
    [property: Id(0)] DateTimeOffset StartedAt, [property: Id(1)] DateTimeOffset? EndedAt)
{
    /// <summary>Which attempt it was part of, from 1; 0 where that was not recorded.</summary>
    [Id(2)]
    public int Attempt { get; init; }

    /// <summary>Why it gave no answer: one of <see cref="StepLosses"/>, or the failure's code; null for any other run.</summary>
    [Id(3)]
    public string? Failure { get; init; }

    /// <summary>Whether its worker was lost or gave it back, so that what it did is done again.</summary>
    public bool Lost => Failure is StepLosses.WorkerLost or StepLosses.HandedBack;
}

/// <summary>Something recorded at a place in an agent's code, without its content.</summary>
/// <param name="Key">The place.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EndedAt">When a wait ends, a question was answered or a message came; null before.</param>
/// <param name="Reused">Whether it was taken over from an earlier task.</param>
[GenerateSerializer, Immutable, Alias("orkestron.mark-view")]
public sealed record HistoryEntryView(
    [property: Id(0)] string Key,
    [property: Id(1)] HistoryKind Kind,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] DateTimeOffset? EndedAt,
    [property: Id(4)] bool Reused)
{
    /// <summary>What was left out of the owner's answer, because the question's schema does not declare it: JSON Pointers.</summary>
    [Id(5)]
    public ImmutableArray<string> DroppedMembers { get; init; } = [];
}
