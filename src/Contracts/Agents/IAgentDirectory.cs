using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>Which agents are published now. What it says may change from one call to the next.</summary>
public interface IAgentDirectory
{
    /// <summary>The most agents that <see cref="ListAsync"/> gives.</summary>
    const int MaxListed = 1_000;

    /// <summary>An agent by provider and name, or null when there is none.</summary>
    Task<DirectoryAgent?> FindAsync(string agent, CancellationToken cancellationToken);

    /// <summary>
    /// What is wrong with a schema that comes from outside, or null: one that is not valid, or that would harm who follows it.
    /// </summary>
    string? FaultOf(JsonElement schema);

    /// <summary>The published agents in the order of their names, at most <see cref="MaxListed"/>.</summary>
    Task<IReadOnlyList<DirectoryAgent>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A published agent: the version that new calls get.</summary>
public sealed record DirectoryAgent
{
    /// <summary>Provider and name.</summary>
    public required string Agent { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>JSON Schema 2020-12.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>JSON Schema 2020-12.</summary>
    public required JsonElement OutputSchema { get; init; }

    public required AgentPrice Price { get; init; }

    /// <summary>The agents that it calls by its plan; empty for one that is no plan.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>Whether it can be reached: false while no process of its provider is connected.</summary>
    public bool Available { get; init; } = true;
}
