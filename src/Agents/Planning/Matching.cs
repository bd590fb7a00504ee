using System.Text.Json;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>
/// Makes a plan without a model: for each part of the goal the nearest agent whose needs can be met by what is given or by
/// what the agents before it answer. Agents that need nothing of each other run at the same time. Parts that no agent does are
/// named.
/// </summary>
internal sealed class Matching(IReadOnlyList<DirectoryAgent> agents, AgentEmbeddingIndex index, IEmbedder embedder)
{
    // Unrelated texts rarely come this near with this model.
    private const double NearEnough = 0.2;

    // Of what comes second in meaning only this much is lost.
    private const double AsGood = 0.15;

    // An agent that is called by the part's first word is meant.
    private const double Named = 0.1;
    private const int Candidates = 5;
    private const string Blocked = "it comes after a part that is not in the plan";

    /// <summary>A plan of at most so many agents, or why there is none.</summary>
    public Proposal Propose(string goal, JsonElement given, int most, CancellationToken stop)
    {
        var parts = GoalParts.Of(goal, new AgentWords(agents).IsTask);
        if (parts.Count > most)
        {
            return No($"The goal names {parts.Count} things to do; at most {most} agents are allowed (maxSteps). They are: {Quoted(parts)}.");
        }

        if (agents.Count == 0 || parts.Count == 0)
        {
            return No("There is no agent to choose from, or nothing to do in the goal.");
        }

        var binding = new DataBinding(goal, embedder, stop);
        binding.Give(given);
        var stages = new Stages(binding);
        var missing = new List<LeftOut>();
        foreach (var part in parts)
        {
            if (missing.Count > 0 && (part.Then || DataBinding.MeansEarlier(part.Text)))
            {
                missing.Add(new LeftOut(part.Text, Blocked));
            }
            else if (WhyNot(part, stages, stop) is { } why)
            {
                missing.Add(new LeftOut(part.Text, why));
            }
        }

        if (stages.Calls.Count == 0)
        {
            return No($"For these parts of the goal no agent was found: {string.Join(' ', missing.Select(static left => $"'{left.Part}': {left.Why}."))} Say more plainly what to do, or give what is missing in input.");
        }

        return new Proposal(JsonSerializer.SerializeToElement(stages.Plan()), "matching", null)
        {
            Calls = stages.Calls,
            LeftOut = [.. missing, .. stages.LeftOut],
            Assumed = stages.Assumed,
            Unclear = stages.Unclear(given),
        };
    }

    /// <summary>What of a goal no step of a plan from elsewhere seems to do.</summary>
    public IReadOnlyList<LeftOut> Uncovered(string goal, IReadOnlyCollection<string> called, CancellationToken stop)
    {
        var doing = agents.Where(agent => called.Contains(agent.Agent)).ToList();
        return doing.Exists(static agent => agent.Agent == ModelPrompt.Chat)
            ? []
            : [.. GoalParts.Of(goal, new AgentWords(agents).IsTask)
                .Where(part => doing.Count == 0 || index.Nearest(doing, part.Text, stop)[0].Score < NearEnough)
                .Select(static part => new LeftOut(part.Text, "no step of the plan seems to do it"))];
    }

    // The nearest agents are tried; null when one was added.
    private string? WhyNot(GoalPart part, Stages stages, CancellationToken stop)
    {
        var all = index.Nearest(agents, part.Text, stop)
            .Where(each => !Coverage.ActsOtherwise(part.Text, each.Agent))
            .Select(each => (each.Agent, Score: each.Score + (Coverage.Names(part.Text, each.Agent) ? Named : 0)))
            .OrderByDescending(static each => each.Score)
            .ToArray();
        var near = all.Where(each => each.Score >= Math.Max(NearEnough, all[0].Score - AsGood)).Take(Candidates).ToArray();
        foreach (var (agent, _) in near)
        {
            // What is nearest could do it but for the code: an agent further off does something else.
            if (stages.NeedsCode(agent, part) is { } code)
            {
                return code;
            }

            if (stages.Add(agent, part))
            {
                return null;
            }
        }

        // Words that calculate mean the agent whose code is given, whatever they are about.
        var calculates = GoalWords.Calculation().IsMatch(part.Text);
        if (calculates && all.Any(each => stages.HasCode(each.Agent, part) && stages.Add(each.Agent, part)))
        {
            return null;
        }

        var coded = calculates
            ? all.Select(each => stages.NeedsCode(each.Agent, part)).FirstOrDefault(static why => why is not null)
            : null;
        return coded ?? (near.Length == 0 ? "no agent does that" : $"{near[0].Agent.Agent} is nearest, but {stages.IsMissing(near[0].Agent, part)}");
    }

    private static string Quoted(IEnumerable<GoalPart> parts) => string.Join(", ", parts.Select(static part => $"'{part.Text}'"));

    private static Proposal No(string why) => new(null, "matching", why);
}
