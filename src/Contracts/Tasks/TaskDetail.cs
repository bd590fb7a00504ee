using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Tasks;

/// <summary>A task as it stands.</summary>
public sealed record TaskDetail
{
    /// <summary>The task's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Provider and name.</summary>
    public required string Agent { get; init; }

    /// <summary>The version agreed at submission.</summary>
    public required string AgentVersion { get; init; }

    /// <summary><c>submitted</c>, <c>working</c>, <c>input-required</c>, <c>auth-required</c>, <c>completed</c>,
    /// <c>failed</c>, <c>canceled</c> or <c>rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>One sentence for people: what happens, or why it ended.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>Why it failed or was rejected, for programs; null otherwise.</summary>
    public string? FailureCode { get; init; }

    /// <summary>The input; null when its owner was erased, or when it is read by <see cref="InputRef"/>.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Where to read an input for which the answer has no room. Absent when it stands here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueReference? InputRef { get; init; }

    /// <summary>
    /// What was sent and left out, as JSON Pointers (at most 100): the agent's input schema does not declare it, so the agent
    /// does not get it and it is not stored. Absent when nothing was left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? DroppedMembers { get; init; }

    /// <summary>The calls of agents, in order of request: a page of them when there are many.</summary>
    public required IReadOnlyList<StepDetail> Steps { get; init; }

    /// <summary>There are more steps: send this as <c>stepsAfter</c> for the next page. Absent when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? StepsNext { get; init; }

    /// <summary>The answer, when completed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The partial output while it works; not stored.</summary>
    public string? Partial { get; init; }

    /// <summary>What it costs.</summary>
    public required TaskCost Cost { get; init; }

    /// <summary>The number of the last journaled event: follow from here.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// When it fails if it has not ended. Without a deadline of your own it may work for half an hour, and what it waits for you
    /// or until a time does not count: while it waits, this is the end of all waiting, 30 days from its submission.
    /// </summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>How often each step is tried at most, as its submitter asked; null for the platform's limit.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>
    /// Place in the agent's queue, 1 for the next; null when not waiting. It is kept up to date while somebody watches the task or
    /// has asked for it within half a minute, so a first look may not have it yet.
    /// </summary>
    public int? QueuePosition { get; init; }

    /// <summary>When the running share link ends; null without one.</summary>
    public DateTimeOffset? SharedUntil { get; init; }

    /// <summary>What its agents ask you: answer with POST <c>/tasks/{id}/input</c>.</summary>
    public IReadOnlyList<TaskQuestion> Questions { get; init; } = [];

    /// <summary>The step of an earlier task that this one goes on from; null for a task of its own.</summary>
    public StepReference? RetryOf { get; init; }

    /// <summary>What it waits for; null while an agent works on it, and when it has ended.</summary>
    public TaskWait? WaitingFor { get; init; }
}

/// <summary>What a task or a step waits for while nobody works on it.</summary>
/// <param name="Kind"><c>provider</c> (no process of the agent's provider is connected), <c>queue</c> (others are before it),
/// <c>answer</c> (yours), <c>timer</c>, <c>retry</c> (the pause before it is tried again) or <c>message</c> (of another step).</param>
/// <param name="StepId">The step that waits.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it goes on by itself; null when that is not known.</param>
/// <param name="LastSeen">Of a provider: when a process of it was connected last; null for never.</param>
public sealed record TaskWait(string Kind, int StepId, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? LastSeen);

/// <summary>An agent's open question.</summary>
/// <param name="Id">Names the question in the answer.</param>
/// <param name="StepId">The step whose agent asks.</param>
/// <param name="Prompt">What to decide.</param>
/// <param name="Schema">JSON Schema of the answer.</param>
/// <param name="Subject">What it is about, or null.</param>
/// <param name="AskedAt">When.</param>
public sealed record TaskQuestion(
    string Id, int StepId, string Prompt, JsonElement Schema, JsonElement? Subject, DateTimeOffset AskedAt)
{
    /// <summary>Until when it can be answered.</summary>
    public DateTimeOffset? AnswerBy { get; init; }
}

/// <summary>What a task costs.</summary>
/// <param name="Held">Set aside at submission.</param>
/// <param name="Charged">Paid; 0 until settled.</param>
/// <param name="Refunded">Returned; 0 until settled.</param>
/// <param name="Settled">Whether the hold is resolved.</param>
public sealed record TaskCost(Tokens Held, Tokens Charged, Tokens Refunded, bool Settled);
