namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Other => new()
    {
        ["GET /schemas/plan-1.json"] = new("getPlanSchema", "JSON Schema 2020-12 of plans, for editors."),
        ["GET /health/live"] = new("getLiveness", "Answers 200 while the process is alive."),
        ["GET /health/ready"] = new("getReadiness", "Answers 200 when the node can serve, 503 when the store or the cluster cannot be reached."),
    };
}
