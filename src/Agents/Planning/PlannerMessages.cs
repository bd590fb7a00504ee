using System.Text.Json;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Planning;

internal sealed record PlannerInput(string? Goal, JsonElement? Input = null, int MaxSteps = 3);

/// <summary>A part of the goal, or words of one, that the plan does not do.</summary>
/// <param name="Part">In the goal's words.</param>
/// <param name="Why">For people.</param>
internal sealed record LeftOut(string Part, string Why);

/// <summary>What a call of the plan is for.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Does">The part or parts of the goal, in its words.</param>
internal sealed record PlannedCall(string Agent, string Does);

/// <summary>What the planner makes of a goal: a plan, or why there is none.</summary>
/// <param name="Plan">The plan; null when none was found.</param>
/// <param name="By">Who made it: <c>model</c> or <c>matching</c>.</param>
/// <param name="Why">Why there is none, for people.</param>
internal sealed record Proposal(JsonElement? Plan, string By, string? Why)
{
    /// <summary>What each call is for, in the order of the plan.</summary>
    public IReadOnlyList<PlannedCall> Calls { get; init; } = [];

    /// <summary>What of the goal the plan does not do.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>What was taken without the goal saying so, in sentences.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>Words of the goal that none of the chosen agents mentions.</summary>
    public IReadOnlyList<string> Unclear { get; init; } = [];
}
