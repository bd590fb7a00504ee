using System.Text.Json;

namespace Orkestron.Contracts.Plans;

/// <summary>
/// Checks plans before they run: their form, and their data flow against the schemas of the agents that are published now.
/// </summary>
public interface IPlanChecker
{
    /// <summary>Checks a plan. What is wrong with it is told, not thrown.</summary>
    Task<CheckedPlan> CheckAsync(PlanDraft draft, CancellationToken cancellationToken);
}

/// <summary>A plan to check, in one of two forms.</summary>
public sealed record PlanDraft
{
    /// <summary>As JSON; <see cref="JsonElement.GetRawText"/> is what lines and columns are counted in.</summary>
    public JsonElement? Plan { get; init; }

    /// <summary>As YAML, instead.</summary>
    public string? Yaml { get; init; }

    /// <summary>JSON Schema of what the plan refers to as /input; null when nothing is known of it.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>What the plan refers to as /input, where it is known already; instead of its schema.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>JSON Schema that the answer must fit; null for any.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>The agent that the plan is published as: it may not come back to it. Null when it is none.</summary>
    public string? Agent { get; init; }
}

/// <summary>A plan that was checked.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Plan">The plan as JSON; null when it is not even that.</param>
public sealed record CheckedPlan(PlanReport Report, JsonElement? Plan);
