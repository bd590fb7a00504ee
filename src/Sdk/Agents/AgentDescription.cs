using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Sdk;

/// <summary>What an agent is and costs; its schemas come from its types.</summary>
public sealed record AgentDescription
{
    /// <summary>Provider and name, for instance <c>acme/translator</c>. The provider name is yours once you publish under it.</summary>
    public required string Agent { get; init; }

    /// <summary>What it does in one or two plain sentences, limits included; at most 400 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it processes data: an ISO 3166-1 alpha-2 code.</summary>
    public required string Country { get; init; }

    /// <summary>Inputs to try by their titles, at least one.</summary>
    public Dictionary<string, object> Examples { get; init; } = [];

    /// <summary>Its name for people; the agent's name when left out.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// A version; it never changes once it is published. When left out, <c>1.0.0-</c> and a digest of this description, so
    /// that each change is a version of its own.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>What part it plays.</summary>
    public AgentKind Kind { get; init; } = AgentKind.Worker;

    /// <summary>What it can do, as searchable tags, at most 20.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Paid for each run, in tokens.</summary>
    public decimal PricePerCall { get; init; }

    /// <summary>Paid for each begun 1,000 bytes of input, in tokens.</summary>
    public decimal PricePerThousandCharacters { get; init; }

    /// <summary>Held for the agents that it calls, in tokens; what they do not cost is released.</summary>
    public decimal CallBudget { get; init; }

    /// <summary>Who else is sent the input, for instance the host of a model; null for nobody.</summary>
    public string? Recipient { get; init; }

    /// <summary>Runs at once over all processes, 1 to 1,000.</summary>
    public int MaxConcurrency { get; init; } = 4;

    /// <summary>How long one run may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest input in bytes of UTF-8 JSON.</summary>
    public int MaxInputBytes { get; init; } = 262_144;

    internal AgentPrice Price => new(Micro(PricePerCall), Micro(PricePerThousandCharacters), Micro(CallBudget));

    private static Tokens Micro(decimal tokens) => new(checked((long)decimal.Round(tokens * Tokens.MicroPerToken)));
}
