namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Agents => new()
    {
        ["GET /agents"] = new("listAgents", "The catalogue in pages, filtered by text, skill, kind and highest price. No sign-in is needed."),
        ["GET /agents/{provider}/{name}"] = new("getAgent", "The agent with its schemas, examples, price and statistics."),
        ["PUT /agents/{provider}/{name}"] = new("publishAgent",
            "Publishes a version. The first one claims the provider name for your account. A version never changes: publishing the "
            + "same content again has no effect, other content is refused."),
        ["GET /agents/{provider}/{name}/stats"] = new("getAgentStats", "The number of runs, how many succeeded, and how long they took."),
        ["GET /agents/{provider}/{name}/versions"] = new("listAgentVersions", "The published versions with their prices, newest first."),
        ["GET /agents/{provider}/{name}/rollout"] = new("getAgentRollout", "The current version, and the candidate with its share of new tasks."),
        ["PUT /agents/{provider}/{name}/rollout"] = new("setAgentRollout", "Sets which versions new tasks run on. Running tasks keep their version."),
        ["GET /agents/{provider}/{name}/runs"] = new("listAgentRuns", "The runs of your agent in pages: how each ended, how long it took and what it earned. Users are not identified."),
        ["GET /agents/{provider}/{name}/metrics"] = new("getAgentMetrics", "Runs, failures by code, times and earnings of each version in a time window."),
        ["GET /agents/{provider}/{name}/earnings"] = new("previewAgentEarnings", "Expected earnings, estimated from recent runs or from the numbers that you send."),
    };
}
