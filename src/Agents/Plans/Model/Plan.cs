using System.Text.Json;

namespace Orkestron.Agents.Plans.Model;

/// <summary>A workflow: steps one after the other, and what comes out.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Output">A template; null for the last step's answer.</param>
internal sealed record Plan(IReadOnlyList<PlanStep> Steps, JsonElement? Output)
{
    /// <summary>Whether what was done stays when the task is cancelled; else it is undone, as when a step fails.</summary>
    public bool StaysOnCancel { get; init; }

    /// <summary>How long the plan may take, what it waits included; null for what its task may.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
