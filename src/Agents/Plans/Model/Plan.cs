using System.Text.Json;

namespace Orkestron.Agents.Plans.Model;

/// <summary>A workflow: its steps, run one after the other, and its output.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Output">A template; null for the last step's answer.</param>
internal sealed record Plan(IReadOnlyList<PlanStep> Steps, JsonElement? Output)
{
    /// <summary>Whether completed steps stay when the task is cancelled. Otherwise they are undone, as when a step fails.</summary>
    public bool StaysOnCancel { get; init; }

    /// <summary>How long the plan may take, including its waits; null for the time limit of its task.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
