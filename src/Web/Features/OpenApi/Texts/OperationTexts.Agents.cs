namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Agents => new()
    {
        ["GET /agents"] = new("listAgents", "The catalogue, in pages, by words, skill, kind and highest price. Needs no sign-in."),
        ["GET /agents/{provider}/{name}"] = new("getAgent", "An agent's card: what it takes and answers, examples to try, what it costs, and how it does."),
        ["PUT /agents/{provider}/{name}"] = new("publishAgent",
            "Publishes a version. The first one claims the provider name for your account. A version never changes: the same content again "
            + "is no fault, another one is refused."),
        ["GET /agents/{provider}/{name}/stats"] = new("getAgentStats", "How many runs there were, how many answered, and how long they took."),
        ["GET /agents/{provider}/{name}/versions"] = new("listAgentVersions", "The published versions with their prices, newest first."),
        ["GET /agents/{provider}/{name}/rollout"] = new("getAgentRollout", "The current version, and the candidate with its share of new tasks."),
        ["PUT /agents/{provider}/{name}/rollout"] = new("setAgentRollout", "Sets which versions new tasks get. Running tasks stay on theirs."),
        ["GET /agents/{provider}/{name}/runs"] = new("listAgentRuns", "Runs of your agent in pages: how each ended, how long it took and what it earned. Not whose it was."),
        ["GET /agents/{provider}/{name}/metrics"] = new("getAgentMetrics", "Runs, failures by code, times and earnings of each version over a window."),
        ["GET /agents/{provider}/{name}/earnings"] = new("previewAgentEarnings", "Expected earnings from the recent runs, or from the numbers you give."),
    };
}
