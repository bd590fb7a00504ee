using System.Text.Json;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>
/// Makes a plan without a model: for each part of the goal the nearest agent whose needs can be met by what is given or by
/// what the agents before it answer. Agents that need nothing of each other run at the same time.
/// </summary>
internal sealed class Matching(IReadOnlyList<DirectoryAgent> agents, AgentMeanings meanings, IEmbedder embedder)
{
    // Unrelated texts rarely come this near with this model.
    private const double NearEnough = 0.2;

    // Of what comes second in meaning only this much is lost.
    private const double AsGood = 0.15;
    private const int Candidates = 5;

    /// <summary>A plan of at most so many agents, or why there is none.</summary>
    public Proposal Propose(string goal, JsonElement given, int most, CancellationToken stop)
    {
        var parts = GoalParts.Of(goal);
        if (parts.Count > most)
        {
            return No($"The goal names {parts.Count} things to do; at most {most} agents are allowed (maxSteps). They are: {Quoted(parts)}.");
        }

        if (agents.Count == 0 || parts.Count == 0)
        {
            return No("There is no agent to choose from, or nothing to do in the goal.");
        }

        var wiring = new Wiring(goal, embedder, stop);
        wiring.Give(given);
        var stages = new Stages(wiring);
        var missing = new List<string>();
        foreach (var part in parts)
        {
            var all = meanings.Nearest(agents, part.Text, stop);
            var near = all.Where(each => each.Score >= Math.Max(NearEnough, all[0].Score - AsGood)).Take(Candidates).ToArray();
            if (!near.Any(each => stages.Add(each.Agent, part)))
            {
                missing.Add(near.Length == 0
                    ? $"'{part.Text}': no agent does that."
                    : $"'{part.Text}': {near[0].Agent.Agent} is nearest, but {stages.Lacks(near[0].Agent, part)}.");
            }
        }

        if (missing.Count > 0)
        {
            return No($"For these parts of the goal no agent was found: {string.Join(' ', missing)} Say more plainly what to do, or give what is missing in input.");
        }

        return new Proposal(JsonSerializer.SerializeToElement(stages.Plan()), "matching", null);
    }

    private static string Quoted(IEnumerable<GoalPart> parts) => string.Join(", ", parts.Select(static part => $"'{part.Text}'"));

    private static Proposal No(string why) => new(null, "matching", why);
}
