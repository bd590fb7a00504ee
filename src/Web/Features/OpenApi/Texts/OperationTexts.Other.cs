namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Other => new()
    {
        ["GET /schemas/plan-1.json"] = new("getPlanSchema", "For editors: JSON Schema 2020-12 of the plans that orchestrators run."),
        ["GET /health/live"] = new("getLiveness", "Answers 200 as long as the process answers at all."),
        ["GET /health/ready"] = new("getReadiness", "Answers 200 when the node can serve, 503 when the store or the cluster cannot be reached."),
    };
}
