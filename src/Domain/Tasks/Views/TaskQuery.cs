using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>Which tasks.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="State">Only in this state (word on the wire), or null.</param>
/// <param name="Agent">Only of this agent, or null.</param>
/// <param name="After">The cursor of the page before, or null.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("orkestron.task-query")]
public sealed record TaskQuery(
    [property: Id(0)] Guid UserId,
    [property: Id(1)] string? State,
    [property: Id(2)] string? Agent,
    [property: Id(3)] string? After,
    [property: Id(4)] int Limit)
{
    /// <summary>Only in one of these states; empty for any.</summary>
    [Id(5)]
    public ImmutableArray<string> AnyOf { get; init; } = [];
}

/// <summary>A page of tasks.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
[GenerateSerializer, Immutable, Alias("orkestron.task-page")]
public sealed record TaskPage([property: Id(0)] ImmutableArray<TaskSummary> Items, [property: Id(1)] string? Next);

/// <summary>A task in a list.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.task-summary")]
public sealed record TaskSummary(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Agent,
    [property: Id(2)] string State,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? EndedAt,
    [property: Id(5)] long HeldMicro,
    [property: Id(6)] long ChargedMicro,
    [property: Id(7)] string? FailureCode);
