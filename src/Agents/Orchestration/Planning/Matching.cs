using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>
/// Makes a plan without a model: for each part of the goal the nearest agent whose needs can be met by what is given or by
/// what the agents before it answer.
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
        var steps = new JsonArray();
        var missing = new List<string>();
        foreach (var part in parts)
        {
            var all = meanings.Nearest(agents, part, stop);
            var near = all.Where(each => each.Score >= Math.Max(NearEnough, all[0].Score - AsGood)).Take(Candidates).ToArray();
            var wired = near.Select(each => (each.Agent, Input: wiring.InputOf(each.Agent, part))).FirstOrDefault(static each => each.Input is not null);
            if (wired.Input is null)
            {
                missing.Add(near.Length == 0
                    ? $"'{part}': no agent does that."
                    : $"'{part}': {near[0].Agent.Agent} is nearest, but {wiring.Lacks(near[0].Agent, part)}.");
                continue;
            }

            var id = $"s{steps.Count + 1}";
            steps.Add(new JsonObject { ["id"] = id, ["call"] = wired.Agent.Agent, ["input"] = wired.Input });
            wiring.Answer(id, wired.Agent);
        }

        if (missing.Count > 0)
        {
            return No($"For these parts of the goal no agent was found: {string.Join(' ', missing)} Say more plainly what to do, or give what is missing in input.");
        }

        return new Proposal(JsonSerializer.SerializeToElement(new JsonObject { ["steps"] = steps }), "matching", null);
    }

    private static string Quoted(IEnumerable<string> parts) => string.Join(", ", parts.Select(static part => $"'{part}'"));

    private static Proposal No(string why) => new(null, "matching", why);
}
