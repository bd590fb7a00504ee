using System.Text.Json;

namespace Orkestron.Agents.Orchestration;

/// <summary>A workflow: steps one after the other, and what comes out.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Output">A template; null for the last step's answer.</param>
internal sealed record Plan(IReadOnlyList<PlanStep> Steps, JsonElement? Output);

/// <summary>A mistake in a plan.</summary>
/// <param name="Path">A JSON Pointer into the plan.</param>
/// <param name="Message">What is wrong and what to write.</param>
internal sealed record PlanFault(string Path, string Message);
