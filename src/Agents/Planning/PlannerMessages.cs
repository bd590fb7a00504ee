using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Agents.Cards;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Planning;

[Display(Name = "Goal and input")]
internal sealed record PlannerInput(
    [Display(Name = "Goal", Description = "What you want, in a sentence or two. Name each thing to do."), Required]
    [StringLength(PlannerCard.MaxGoal, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Goal,

    [Display(Name = "Input", Description = "What to work on, as JSON: for instance {\"text\": \"...\"}.")]
    JsonElement? Input = null,

    [Display(Name = "Most steps", Description = "How many agents the plan may join."), Range(1, PlannerCard.MaxSteps)]
    int MaxSteps = 3);

[Display(Name = "Plan and answer")]
internal sealed record PlannerAnswer(
    [Display(Name = "Plan", Description = "What was run: publish it as an agent to run it again.")]
    JsonElement Plan,

    [Display(Name = "Made by"), AllowedValues("model", "matching", "you")]
    string By,

    [Display(Name = "Result")]
    JsonElement Result,

    [Display(Name = "Left out", Description = "What of the goal the plan did not do, and why."), MaxLength(PlannerCard.MaxNotes)]
    IReadOnlyList<LeftOut>? LeftOut,

    [Display(Name = "Assumed", Description = "What was taken without the goal saying so."), MaxLength(PlannerCard.MaxNotes)]
    [Items(MaxLength = 3_000)]
    IReadOnlyList<string>? Assumed,

    [Display(Name = "Unclear", Description = "Words of the goal that no agent of the plan mentions."), MaxLength(PlannerCard.MaxUnclear)]
    [Items(MaxLength = 2_000)]
    IReadOnlyList<string>? Unclear);

/// <summary>A part of the goal, or words of one, that the plan does not do.</summary>
/// <param name="Part">In the goal's words.</param>
/// <param name="Why">For people.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LeftOut(
    [Display(Name = "Part of the goal"), MaxLength(2_000)] string Part,
    [Display(Name = "Why"), MaxLength(1_000)] string Why);

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
