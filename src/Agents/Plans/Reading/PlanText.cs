using System.Text.Json;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Reading;

/// <summary>Reads plans that were checked before.</summary>
internal static class PlanText
{
    public static Plan Read(PlanDraft draft) =>
        Read(draft.Yaml is { } yaml ? JsonSerializer.SerializeToElement(YamlReader.Read(yaml, [])) : draft.Plan!.Value);

    /// <exception cref="AgentRefusedException">It is no plan.</exception>
    public static Plan Read(JsonElement written) => PlanReader.Read(written).Plan
        ?? throw new AgentRefusedException("This is no plan that can be run.") { Code = "plan_invalid" };
}
