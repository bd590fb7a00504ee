using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Research;

/// <summary>What one called agent gave, or why it gave nothing.</summary>
/// <param name="Name">What the part is, for people.</param>
/// <param name="Value">The answer.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record ResearchPart<T>(string Name, T? Value, Exception? Fault)
    where T : class
{
    /// <summary>A failure becomes a value: one agent that fails does not take the others' work with it.</summary>
    public static async Task<ResearchPart<T>> OfAsync(string name, Task<JsonElement> call, Action<string> done)
    {
        try
        {
            var answer = AgentJson.Read<T>(await call);
            done($"Got {name}");
            return new ResearchPart<T>(name, answer, null);
        }
        catch (Exception e) when (e is AgentFailedException or AgentRefusedException)
        {
            done($"Missed {name}");
            return new ResearchPart<T>(name, null, e);
        }
    }
}
