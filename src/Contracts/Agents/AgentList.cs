namespace Orkestron.Contracts.Agents;

/// <summary>A page of agents.</summary>
/// <param name="Items">The agents.</param>
/// <param name="Next">Send it as <c>after</c> to get the next page; null at the end.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Skills">All skills there are, to filter by.</param>
public sealed record AgentList(IReadOnlyList<AgentListing> Items, string? Next, int Total, IReadOnlyList<string> Skills);
