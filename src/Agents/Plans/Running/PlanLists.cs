using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>The lists that map and reduce go over.</summary>
internal static class PlanLists
{
    /// <exception cref="AgentFailedException">It is not a list.</exception>
    public static List<JsonElement> Items(string id, JsonElement over, PlanScope scope)
    {
        var list = PlanTemplate.Fill(over, scope);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new AgentFailedException($"Step {id} goes over something that is not a list.") { Code = "plan_not_a_list" };
    }

    /// <summary>What the steps for an item may refer to.</summary>
    public static PlanScope ScopeOf(PlanScope scope, JsonElement item, int index)
    {
        var inner = scope.Inner();
        inner.Set("item", item);
        inner.Set("index", JsonSerializer.SerializeToElement(index));
        return inner;
    }
}
