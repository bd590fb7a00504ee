using System.Text.Json;

namespace Orkestron.Agents.Orchestration;

/// <summary>A workflow: steps one after the other, and what comes out.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Output">A template; null for the last step's answer.</param>
internal sealed record Plan(IReadOnlyList<PlanStep> Steps, JsonElement? Output);
