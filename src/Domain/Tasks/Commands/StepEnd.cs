using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>How an attempt ended.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-end")]
public sealed record StepEnd
{
    [Id(0)]
    public required int StepId { get; init; }

    [Id(1)]
    public required int Attempt { get; init; }

    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    [Id(3)]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The answer, checked against the agent's output schema; null when it failed.</summary>
    [Id(4)]
    public Payload? Output { get; init; }

    /// <summary>Why it failed; null when it answered.</summary>
    [Id(5)]
    public StepFailure? Failure { get; init; }

    /// <summary>Which run of the attempt ended.</summary>
    [Id(6)]
    public int Turn { get; init; }

    /// <summary>Whether only the run ended: the attempt goes on when what it waits for has come.</summary>
    [Id(7)]
    public bool Suspended { get; init; }

    /// <summary>Whether the agent's own code gave the failure: then it has undone what it wants undone.</summary>
    [Id(9)]
    public bool OwnFailure { get; init; }

    /// <summary>The places of its code that the run asked for, as it tells them; null when it does not.</summary>
    [Id(8)]
    public string? Asked { get; init; }

    /// <summary>Whether the run may have begun before <see cref="StartedAt"/>: its worker had it from an earlier activation.</summary>
    [Id(60)]
    public bool Continues { get; init; }

    /// <summary>The answers that the run was given before they were durable: lost with their activation, the run is lost too.</summary>
    [Id(61)]
    public ImmutableArray<EarlyAnswers> Early { get; init; } = [];

    /// <summary>What the run recorded and the task may not have yet: recorded with the end.</summary>
    [Id(62)]
    public ImmutableArray<RunValue> Values { get; init; } = [];
}

/// <summary>Answers that an activation of a task gave before they were durable.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Places">The places of the calls.</param>
[GenerateSerializer, Immutable, Alias("orkestron.early-answers")]
public sealed record EarlyAnswers([property: Id(0)] string Activation, [property: Id(1)] ImmutableArray<string> Places);
