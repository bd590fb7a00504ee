using System.Text.Json;

namespace Orkestron.Agents.Orchestration.Planning;

internal sealed record PlannerInput(string? Goal, JsonElement? Input = null, int MaxSteps = 3);

/// <summary>What the planner makes of a goal: a plan, or why there is none.</summary>
/// <param name="Plan">The plan; null when none was found.</param>
/// <param name="By">Who made it: <c>model</c> or <c>matching</c>.</param>
/// <param name="Why">Why there is none, for people.</param>
internal sealed record Proposal(JsonElement? Plan, string By, string? Why);
