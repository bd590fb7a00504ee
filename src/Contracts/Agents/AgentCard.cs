using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>What an agent is, takes, gives and costs.</summary>
public sealed record AgentCard
{
    /// <summary>Who publishes it: 2 to 40 lower-case letters, digits and hyphens.</summary>
    public required string Provider { get; init; }

    /// <summary>Its name with the provider: 2 to 60 lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>A version, for instance <c>1.0.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What part it plays.</summary>
    public AgentKind Kind { get; init; } = AgentKind.Worker;

    /// <summary>Its name for people, at most 80 characters.</summary>
    public required string Title { get; init; }

    /// <summary>What it does in one or two plain sentences, limits included; at most 400 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>What it can do, as searchable tags, at most 20.</summary>
    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>JSON Schema 2020-12 of the input. Its titles, descriptions and examples make the run form.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>JSON Schema 2020-12 of the answer.</summary>
    public required JsonElement OutputSchema { get; init; }

    /// <summary>Inputs to try, at least one, each valid against the input schema.</summary>
    public required IReadOnlyList<AgentExample> Examples { get; init; }

    /// <summary>What a run costs.</summary>
    public required AgentPrice Price { get; init; }

    /// <summary>Where it processes data: an ISO 3166-1 alpha-2 code.</summary>
    public required string Country { get; init; }

    /// <summary>
    /// Who outside the platform is sent the input by this agent, for instance the host of a language model, at most 253
    /// characters; null when the input stays with the agent.
    /// </summary>
    public string? Recipient { get; init; }

    /// <summary>How many runs it takes at once; the rest wait in its queue. 1 to 1,000.</summary>
    public int MaxConcurrency { get; init; } = 4;

    /// <summary>How long one run may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest input in bytes of UTF-8 JSON.</summary>
    public int MaxInputBytes { get; init; } = 262_144;
}

/// <summary>The part an agent plays.</summary>
public enum AgentKind
{
    /// <summary>Does work itself.</summary>
    Worker,

    /// <summary>Combines other agents.</summary>
    Orchestrator,

    /// <summary>Scores results.</summary>
    Reviewer,
}

/// <summary>The parts' words.</summary>
public static class AgentKinds
{
    /// <summary>The word on the wire: <c>worker</c>, <c>orchestrator</c> or <c>reviewer</c>.</summary>
    public static string Word(this AgentKind kind) => kind switch
    {
        AgentKind.Orchestrator => "orchestrator",
        AgentKind.Reviewer => "reviewer",
        _ => "worker",
    };
}

/// <summary>An input to try.</summary>
/// <param name="Title">What it shows, a few words.</param>
/// <param name="Input">The input.</param>
public sealed record AgentExample(string Title, JsonElement Input);

/// <summary>What a run costs: a fixed part, a part by input size, and for an orchestrator a budget for the agents it calls.</summary>
/// <param name="PerCall">For each run.</param>
/// <param name="PerThousandCharacters">For each begun 1,000 bytes of the input as UTF-8 JSON.</param>
/// <param name="CallBudget">At most this much is held for calls of other agents; what they do not cost is released.</param>
public sealed record AgentPrice(Tokens PerCall, Tokens PerThousandCharacters = default, Tokens CallBudget = default)
{
    /// <summary>
    /// Held for calls of other agents when the task names no budget; null for all of <see cref="CallBudget"/>. A task that names a
    /// budget may have up to that.
    /// </summary>
    public Tokens? UsualCalls { get; init; }

    /// <summary>The same for each begun 1,000 bytes of the input, on top.</summary>
    public Tokens UsualCallsPerThousandCharacters { get; init; }

    /// <summary>What is held for calls when the task names no budget.</summary>
    /// <param name="inputBytes">The input as UTF-8 JSON.</param>
    public Tokens CallsHeld(int inputBytes) => UsualCalls is { } usual
        ? new Tokens(Math.Min(CallBudget.Micro, usual.Micro + (UsualCallsPerThousandCharacters.Micro * ((inputBytes + 999L) / 1_000))))
        : CallBudget;
}
