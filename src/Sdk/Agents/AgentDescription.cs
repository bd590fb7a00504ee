using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Sdk;

/// <summary>What an agent does and costs. Its schemas are generated from its input and output types.</summary>
public sealed record AgentDescription
{
    /// <summary>Provider and name, for instance <c>acme/translator</c>. The provider name belongs to the account that first
    /// publishes under it.</summary>
    public required string Agent { get; init; }

    /// <summary>What it does in one or two plain sentences, limits included; at most 400 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it processes data: an ISO 3166-1 alpha-2 code.</summary>
    public required string Country { get; init; }

    /// <summary>Example inputs by title; at least one.</summary>
    public Dictionary<string, object> Examples { get; init; } = [];

    /// <summary>Display name; by default the agent's name.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// A version, immutable once published. By default <c>1.0.0-</c> and a hash of this description, so
    /// that each change is a version of its own.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>Whether it is a worker or an orchestrator.</summary>
    public AgentKind Kind { get; init; } = AgentKind.Worker;

    /// <summary>Searchable tags, at most 20.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Price per run, in tokens.</summary>
    public decimal PricePerCall { get; init; }

    /// <summary>Price per started 1,000 bytes of input, in tokens.</summary>
    public decimal PricePerThousandCharacters { get; init; }

    /// <summary>Tokens held for the agents that it calls. What they do not cost is released.</summary>
    public decimal CallBudget { get; init; }

    /// <summary>Third party that receives the input, for instance a model host; null for none.</summary>
    public string? Recipient { get; init; }

    /// <summary>Concurrent runs over all processes, 1 to 1,000.</summary>
    public int MaxConcurrency { get; init; } = 4;

    /// <summary>How long one run may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest input in bytes of UTF-8 JSON.</summary>
    public int MaxInputBytes { get; init; } = 262_144;

    internal AgentPrice Price => new(Micro(PricePerCall), Micro(PricePerThousandCharacters), Micro(CallBudget));

    private static Tokens Micro(decimal tokens) => new(checked((long)decimal.Round(tokens * Tokens.MicroPerToken)));
}
