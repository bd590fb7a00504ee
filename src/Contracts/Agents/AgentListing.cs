using System.Text.Json;
using Orkestron.Contracts.Endpoints;

namespace Orkestron.Contracts.Agents;

/// <summary>A published agent.</summary>
/// <param name="Provider">Who publishes it.</param>
/// <param name="Name">Its name with the provider.</param>
/// <param name="Version">The version that new tasks get.</param>
/// <param name="Kind"><c>worker</c>, <c>orchestrator</c> or <c>reviewer</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Skills">Tags to find it by.</param>
/// <param name="InputSchema">JSON Schema 2020-12 of the input.</param>
/// <param name="OutputSchema">JSON Schema 2020-12 of the answer.</param>
/// <param name="Examples">Inputs to try.</param>
/// <param name="Price">What a run costs.</param>
/// <param name="Country">Where it processes data: ISO 3166-1 alpha-2.</param>
/// <param name="MaxConcurrency">Runs at once; the rest wait in its queue.</param>
/// <param name="TimeoutSeconds">How long one run may take.</param>
/// <param name="MaxInputBytes">The largest input in bytes of UTF-8 JSON.</param>
/// <param name="PublishedAt">When this version was published.</param>
/// <param name="Stats">Its figures.</param>
/// <param name="Connected">The provider's processes; null for an agent that no process serves.</param>
/// <param name="Health">How its HTTP endpoint does; null for an agent that has none.</param>
/// <param name="Calls">The agents that it calls, for an agent that is a plan; null for any other.</param>
public sealed record AgentListing(
    string Provider,
    string Name,
    string Version,
    string Kind,
    string Title,
    string Summary,
    IReadOnlyList<string> Skills,
    JsonElement InputSchema,
    JsonElement OutputSchema,
    IReadOnlyList<AgentExample> Examples,
    ListedPrice Price,
    string Country,
    int MaxConcurrency,
    double TimeoutSeconds,
    int MaxInputBytes,
    DateTimeOffset PublishedAt,
    AgentFigures Stats,
    AgentPresence? Connected = null,
    AgentHealth? Health = null,
    IReadOnlyList<string>? Calls = null);

/// <summary>What a run costs.</summary>
/// <param name="PerCall">For each run.</param>
/// <param name="PerThousandCharacters">For each begun 1,000 bytes of the input as compact UTF-8 JSON.</param>
/// <param name="CallBudget">At most this is held for calls of other agents; what they do not cost is released.</param>
public sealed record ListedPrice(Tokens PerCall, Tokens PerThousandCharacters, Tokens CallBudget)
{
    /// <summary>The price on an agent's card.</summary>
    public static ListedPrice Of(AgentPrice price) => new(price.PerCall, price.PerThousandCharacters, price.CallBudget);
}

/// <summary>An agent's figures.</summary>
/// <param name="Runs">All runs that ended.</param>
/// <param name="Succeeded">Those with an answer.</param>
/// <param name="P50Milliseconds">Median duration of the recent runs; null when there was none.</param>
/// <param name="P95Milliseconds">95th percentile of the same.</param>
/// <param name="Working">Running now.</param>
/// <param name="Queued">Waiting now.</param>
public sealed record AgentFigures(
    long Runs, long Succeeded, long? P50Milliseconds, long? P95Milliseconds, int Working, int Queued)
{
    /// <summary>Runs whose input, or its owner, was the cause that there was no answer: no fault of the agent's.</summary>
    public long InputErrors { get; init; }
}

/// <summary>The processes of a provider that serve an agent now. While there are none, tasks wait in its queue.</summary>
/// <param name="Processes">How many.</param>
/// <param name="Capacity">Steps that they take at once, together.</param>
public sealed record AgentPresence(int Processes, int Capacity)
{
    /// <summary>While there are none: when one was there last; null for never.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}
