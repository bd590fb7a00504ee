using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>An agent's figures over its most recent runs.</summary>
/// <param name="Runs">All runs that ended, of all time.</param>
/// <param name="Succeeded">Those with an answer.</param>
/// <param name="P50Milliseconds">Median duration of the recent runs, or null when there was none.</param>
/// <param name="P95Milliseconds">95th percentile of the same.</param>
/// <param name="Working">Running now.</param>
/// <param name="Queued">Waiting now.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-stats")]
public sealed record AgentStats(
    [property: Id(0)] long Runs,
    [property: Id(1)] long Succeeded,
    [property: Id(2)] long? P50Milliseconds,
    [property: Id(3)] long? P95Milliseconds,
    [property: Id(4)] int Working,
    [property: Id(5)] int Queued)
{
    /// <summary>Runs whose input, or its owner, was the cause that there was no answer: no fault of the agent's.</summary>
    [Id(60)]
    public long InputErrors { get; init; }
}
