using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Contracts.Agents;

namespace Orkestron.Contracts.Plans;

/// <summary>What a check of a plan found, before anything runs.</summary>
/// <param name="Valid">Whether it would be taken.</param>
/// <param name="Faults">Every mistake with its place; at most 50.</param>
/// <param name="Agents">The agents that it calls, as they are published now.</param>
/// <param name="Price">What a run costs; null while the plan cannot be read.</param>
/// <param name="OutputSchema">JSON Schema of its answer, where the schemas of its agents say enough to tell.</param>
public sealed record PlanReport(
    bool Valid,
    IReadOnlyList<PlanFault> Faults,
    IReadOnlyList<PlannedAgent> Agents,
    PlanPrice? Price,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? OutputSchema = null);

/// <summary>A mistake in a plan.</summary>
/// <param name="Path">A JSON Pointer into the plan, empty for the whole.</param>
/// <param name="Message">What is wrong and what to write.</param>
/// <param name="Line">Where that stands in the text that was sent, from 1; null when it was not sent as text.</param>
/// <param name="Column">The same within the line, from 1.</param>
public sealed record PlanFault(string Path, string Message, int? Line = null, int? Column = null);

/// <summary>An agent that a plan calls.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Version">The version that a call gets now.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Price">What a call costs.</param>
public sealed record PlannedAgent(string Agent, string Version, string Title, ListedPrice Price);

/// <summary>
/// What the calls of one run of a plan cost, when each has up to 1,000 bytes of input and answers; the plan's own price is
/// not in it.
/// </summary>
/// <param name="AtLeast">Those that are made whatever the input.</param>
/// <param name="AtMost">All that can be made, call budgets of orchestrators included; null when the plan goes over a list whose
/// length is not known before.</param>
public sealed record PlanPrice(Tokens AtLeast, Tokens? AtMost);
