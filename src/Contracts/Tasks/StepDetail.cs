using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Tasks;

/// <summary>One call of one agent within a task.</summary>
public sealed record StepDetail
{
    /// <summary>1 for the root step, then in order of request.</summary>
    public required int Id { get; init; }

    /// <summary>The step whose agent asked for this one; null for the root.</summary>
    public int? ParentId { get; init; }

    /// <summary>Provider and name.</summary>
    public required string Agent { get; init; }

    /// <summary>The version that runs.</summary>
    public required string AgentVersion { get; init; }

    /// <summary><c>requested</c>, <c>working</c>, <c>retrying</c>, <c>waiting</c>, <c>completed</c>, <c>failed</c> or
    /// <c>canceled</c>.</summary>
    public required string State { get; init; }

    /// <summary>The running or last attempt, from 1: one more after each that failed or whose worker was lost.</summary>
    public int Attempt { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the attempt began; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Charged when it completes.</summary>
    public Tokens Price { get; init; }

    /// <summary>Charged.</summary>
    public Tokens Cost { get; init; }

    /// <summary>0 to 100 while known; not stored.</summary>
    public double? Percent { get; init; }

    /// <summary>The last progress line, or why it failed.</summary>
    public string? Message { get; init; }

    /// <summary>Why it failed, for programs.</summary>
    public string? FailureCode { get; init; }

    /// <summary>When the next attempt begins, while retrying.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>
    /// What was handed to the agent; null for the root, whose input is the task's, and when it is read by <see cref="InputRef"/>.
    /// </summary>
    public JsonElement? Input { get; init; }

    /// <summary>Where to read an input for which the answer has no room. Absent when it stands here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueReference? InputRef { get; init; }

    /// <summary>
    /// What the caller sent and the agent did not get, as JSON Pointers (at most 100): its input schema does not declare it.
    /// Absent when nothing was left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? DroppedMembers { get; init; }

    /// <summary>What it answered; null for the root, whose answer is the task's result, and when it is read by
    /// <see cref="OutputRef"/>.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Where to read an answer for which there is no room here. Absent when it stands here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueReference? OutputRef { get; init; }

    /// <summary>The place in its caller's code, numbers and dots; null for the root.</summary>
    public string? Key { get; init; }

    /// <summary>The step whose recorded answer it took over, without running or paying; null when it ran.</summary>
    public StepReference? ReusedFrom { get; init; }

    /// <summary>When an agent was at it, oldest first, the recent runs.</summary>
    public IReadOnlyList<StepRunSpan> Runs { get; init; } = [];

    /// <summary>The waits, questions and values that its agent had recorded, in the order of its code.</summary>
    public IReadOnlyList<StepMarkDetail> Marks { get; init; } = [];

    /// <summary>What it waits for; null while its agent works on it, and when it has ended.</summary>
    public TaskWait? WaitingFor { get; init; }
}

/// <summary>A step of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StepId">The step.</param>
public sealed record StepReference(Guid TaskId, int StepId);

/// <summary>A run of a step's agent.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it goes on.</param>
public sealed record StepRunSpan(DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Which attempt it was part of, from 1; null where that was not recorded.</summary>
    public int? Attempt { get; init; }

    /// <summary>
    /// Of a run that gave no answer: what it had written of one, the beginning when it was long. Absent when it was not kept.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary><c>worker_lost</c> (its worker is gone), <c>handed_back</c> (its worker gave it back), or the failure's code;
    /// null for any other run.</summary>
    public string? Failure { get; init; }
}

/// <summary>Something recorded at a place in an agent's code.</summary>
/// <param name="Key">The place.</param>
/// <param name="Kind"><c>timer</c>, <c>question</c>, <c>value</c>, <c>message</c> (one was waited for) or <c>sent</c>.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EndedAt">When a wait ends, a question was answered or a message came; null before.</param>
/// <param name="Reused">Whether it was taken over from an earlier task.</param>
public sealed record StepMarkDetail(string Key, string Kind, DateTimeOffset At, DateTimeOffset? EndedAt, bool Reused)
{
    /// <summary>
    /// What the owner's answer had and the agent did not get, as JSON Pointers (at most 100): the question's schema does not
    /// declare it. Absent when nothing was left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? DroppedMembers { get; init; }
}
