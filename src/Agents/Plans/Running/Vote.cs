using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Asks several agents the same. An agent that fails has no vote.</summary>
internal static class Vote
{
    public static async Task<JsonElement> RunAsync(VoteStep vote, PlanFrame frame)
    {
        var input = PlanTemplate.Fill(vote.Input, frame.Scope);
        var answers = await frame.Context.WhenAllAsync(
            [.. vote.Agents.Select((agent, i) => (Func<IAgentContext, Task<JsonElement?>>)(async inner =>
            {
                try
                {
                    return await inner.CallAgentAsync(agent, input, frame.Options, frame.Stop);
                }
                catch (Exception fault) when (Failures.Is(fault))
                {
                    return null;
                }
            }))],
            vote.Agents.Count,
            frame.Stop);
        return Ballot.Count(vote, answers);
    }
}
