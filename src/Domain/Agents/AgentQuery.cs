using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>Which agents.</summary>
/// <param name="Text">Words to find in name, title, summary and skills; null for all.</param>
/// <param name="Skill">Exactly this skill, or null.</param>
/// <param name="Kind">worker, orchestrator or reviewer, or null.</param>
/// <param name="MaxPriceMicro">At most this price per call, or null.</param>
/// <param name="Sort"><c>relevance</c>, <c>name</c>, <c>price</c> or <c>newest</c>.</param>
/// <param name="After">The cursor of the page before, or null.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-query")]
public sealed record AgentQuery(
    [property: Id(0)] string? Text,
    [property: Id(1)] string? Skill,
    [property: Id(2)] string? Kind,
    [property: Id(3)] long? MaxPriceMicro,
    [property: Id(4)] string Sort,
    [property: Id(5)] string? After,
    [property: Id(6)] int Limit);

/// <summary>A page of agents and the skills to filter by.</summary>
/// <param name="Items">The agents, with the stats of their grains.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
/// <param name="Skills">All skills listed, in alphabetical order.</param>
/// <param name="Total">How many match in all.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-page")]
public sealed record AgentPage(
    [property: Id(0)] ImmutableArray<AgentView> Items,
    [property: Id(1)] string? Next,
    [property: Id(2)] ImmutableArray<string> Skills,
    [property: Id(3)] int Total);
