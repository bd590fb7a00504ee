using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A step sends a message. The same one at the same place again is sent once.</summary>
/// <param name="StepId">The sending step.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="To"><c>parent</c>, <c>step:3</c> or <c>role:critic</c>.</param>
/// <param name="Type">What it is.</param>
/// <param name="Content">The payload.</param>
[GenerateSerializer, Immutable, Alias("orkestron.send-message")]
public sealed record SendMessage(
    [property: Id(0)] int StepId,
    [property: Id(1)] string Key,
    [property: Id(2)] string To,
    [property: Id(3)] string Type,
    [property: Id(4)] Payload Content)
{
    /// <summary>Only while this attempt runs; null for whichever does.</summary>
    [Id(5)]
    public int? Attempt { get; init; }
}

/// <summary>What came of sending.</summary>
/// <param name="MessageId">The message; null when it was not sent.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Failure">Why it was not; null when it was.</param>
[GenerateSerializer, Immutable, Alias("orkestron.send-result")]
public sealed record SendResult(
    [property: Id(0)] string? MessageId, [property: Id(1)] DateTimeOffset At, [property: Id(2)] StepFailure? Failure);

/// <summary>A step takes the next message. At the same place again it gets the one it took there.</summary>
/// <param name="StepId">The receiving step.</param>
/// <param name="Key">The place in the agent's code.</param>
/// <param name="Type">Only messages of this type, or null.</param>
/// <param name="Waits">Whether to answer only when there is one, or after a few seconds.</param>
[GenerateSerializer, Immutable, Alias("orkestron.receive-message")]
public sealed record ReceiveMessage(
    [property: Id(0)] int StepId, [property: Id(1)] string Key, [property: Id(2)] string? Type, [property: Id(3)] bool Waits)
{
    /// <summary>Only while this attempt runs; null for whichever does.</summary>
    [Id(4)]
    public int? Attempt { get; init; }
}

/// <summary>The message that stands at the place, if there is one by now.</summary>
/// <param name="Message">The message, or null.</param>
/// <param name="Failure">Why there can be none; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("orkestron.receive-result")]
public sealed record ReceiveResult([property: Id(0)] MessageView? Message, [property: Id(1)] StepFailure? Failure);

/// <summary>A message between steps.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.message-view")]
public sealed record MessageView
{
    /// <summary>Step and key of its sender, for instance <c>2:0</c>.</summary>
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required int FromStep { get; init; }

    [Id(2)]
    public required string FromRole { get; init; }

    /// <summary>As its sender wrote it.</summary>
    [Id(3)]
    public required string To { get; init; }

    /// <summary>The step that it is for; null while nobody has taken a message for a role.</summary>
    [Id(4)]
    public int? ToStep { get; init; }

    [Id(5)]
    public required string Type { get; init; }

    /// <summary>The payload; null when it was erased.</summary>
    [Id(6)]
    public Payload? Content { get; init; }

    [Id(7)]
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it was taken; null before.</summary>
    [Id(8)]
    public DateTimeOffset? TakenAt { get; init; }
}

/// <summary>Messages between the steps of a task.</summary>
/// <param name="Items">In the order they were sent.</param>
/// <param name="Steps">The task's steps, for their names.</param>
/// <param name="More">Whether there are more after the last.</param>
[GenerateSerializer, Immutable, Alias("orkestron.message-page")]
public sealed record MessagePage(
    [property: Id(0)] ImmutableArray<MessageView> Items,
    [property: Id(1)] ImmutableArray<StepName> Steps,
    [property: Id(2)] bool More);

/// <summary>How a step is called.</summary>
/// <param name="Id">The step.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="Role">Its role in messages.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-name")]
public sealed record StepName([property: Id(0)] int Id, [property: Id(1)] string Agent, [property: Id(2)] string Role);
