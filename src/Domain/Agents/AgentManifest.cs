using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>What an agent is, takes, gives and costs, as grains keep it.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.agent-manifest")]
public sealed record AgentManifest
{
    [Id(0)]
    public required string Provider { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required string Version { get; init; }

    /// <summary>worker, orchestrator or reviewer.</summary>
    [Id(3)]
    public required string Kind { get; init; }

    [Id(4)]
    public required string Title { get; init; }

    [Id(5)]
    public required string Summary { get; init; }

    [Id(6)]
    public required ImmutableArray<string> Skills { get; init; }

    /// <summary>JSON Schema 2020-12.</summary>
    [Id(7)]
    public required Payload InputSchema { get; init; }

    /// <summary>JSON Schema 2020-12.</summary>
    [Id(8)]
    public required Payload OutputSchema { get; init; }

    [Id(9)]
    public required ImmutableArray<ManifestExample> Examples { get; init; }

    [Id(10)]
    public required AgentPricing Price { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Id(11)]
    public required string Country { get; init; }

    /// <summary>Runs at once, 1 to 1,000.</summary>
    [Id(12)]
    public required int MaxConcurrency { get; init; }

    [Id(13)]
    public required TimeSpan Timeout { get; init; }

    [Id(14)]
    public required int MaxInputBytes { get; init; }

    /// <summary>How the agent is reached: one of <see cref="AgentTransports"/>.</summary>
    [Id(15)]
    public string Transport { get; init; } = AgentTransports.BuiltIn;

    /// <summary>Who outside the platform is sent the input by this agent; null when the input stays with it.</summary>
    [Id(16)]
    public string? Recipient { get; init; }

    /// <summary>Where an <see cref="AgentTransports.Http"/> agent is called; null for others.</summary>
    [Id(40)]
    public string? Endpoint { get; init; }

    /// <summary>The plan that the agent runs, as JSON; null for one that is no plan.</summary>
    [Id(17)]
    public Payload? Plan { get; init; }

    /// <summary>The agents that the plan calls, provider and name; default for one that is no plan.</summary>
    [Id(18)]
    public ImmutableArray<string> Calls { get; init; }

    /// <summary>Whether only its provider may run it. No part of what was published: a manifest that leaves the agent's grain
    /// says so.</summary>
    [Id(41)]
    public bool Unlisted { get; init; }

    /// <summary>
    /// The lower price that the task's user was quoted lately; null for none. No part of what was published: what a task gets
    /// says so.
    /// </summary>
    [Id(42)]
    public AgentPricing? Quoted { get; init; }

    /// <summary>Whether what the agent gets does not leave the platform; what a plan sends to other agents is recorded with each
    /// call.</summary>
    public bool KeepsInside => Transport is AgentTransports.BuiltIn or AgentTransports.Plan && Recipient is null;

    /// <summary>Provider and name.</summary>
    public string Key => $"{Provider}/{Name}";
}

/// <summary>An input to try.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.manifest-example")]
public sealed record ManifestExample([property: Id(0)] string Title, [property: Id(1)] Payload Input);

/// <summary>What a run costs, in micro-tokens.</summary>
/// <param name="PerCallMicro">For each run.</param>
/// <param name="PerThousandMicro">For each begun 1,000 bytes of input.</param>
/// <param name="CallBudgetMicro">At most held for calls of other agents; what they do not cost is released.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-pricing")]
public sealed record AgentPricing(
    [property: Id(0)] long PerCallMicro, [property: Id(1)] long PerThousandMicro, [property: Id(2)] long CallBudgetMicro)
{
    /// <summary>What a run on an input of this size costs; known before it runs.</summary>
    public long QuoteMicro(int inputBytes) => checked(PerCallMicro + (PerThousandMicro * ((inputBytes + 999L) / 1000)));

    /// <summary>Held for calls when the task names no budget, in micro-tokens; null for the whole call budget.</summary>
    [Id(3)]
    public long? UsualCallsMicro { get; init; }

    /// <summary>The same for each begun 1,000 bytes of input, on top.</summary>
    [Id(4)]
    public long UsualCallsPerThousandMicro { get; init; }

    /// <summary>What is held for calls of a run on an input of this size when no budget is named.</summary>
    public long CallsHeldMicro(int inputBytes) => UsualCallsMicro is { } usual
        ? Math.Min(CallBudgetMicro, checked(usual + (UsualCallsPerThousandMicro * ((inputBytes + 999L) / 1000))))
        : CallBudgetMicro;

    /// <summary>What is held for a run on an input of this size: the price and what its calls usually cost at most.</summary>
    public long HoldMicro(int inputBytes) => checked(QuoteMicro(inputBytes) + CallsHeldMicro(inputBytes));

    /// <summary>The most that a task can have held for such a run, by naming a budget.</summary>
    public long MostHeldMicro(int inputBytes) => checked(QuoteMicro(inputBytes) + CallBudgetMicro);
}

/// <summary>The words for how agents are reached.</summary>
public static class AgentTransports
{
    /// <summary>In process, inside the platform.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Over a connection that the provider's process made.</summary>
    public const string Provider = "provider";

    /// <summary>By requests to the provider's HTTP endpoint.</summary>
    public const string Http = "http";

    /// <summary>A plan of other agents, run inside the platform.</summary>
    public const string Plan = "plan";
}
