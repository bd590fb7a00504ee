using System.Text.Json;
using Json.Schema;

namespace Orkestron.Agents.Tests.Common;

internal static class SchemaAssert
{
    private static readonly EvaluationOptions Strict = new()
    {
        OutputFormat = OutputFormat.List,
        EvaluateAs = SpecVersion.Draft202012,
        RequireFormatValidation = true,
    };

    public static void MustBeSchema(JsonElement schema, string what) =>
        Report(MetaSchemas.Draft202012.Evaluate(schema, Strict), what, schema);

    public static void MustFit(JsonElement schema, JsonElement value, string what) =>
        Report(JsonSchema.FromText(schema.GetRawText()).Evaluate(value, Strict), what, value);

    private static void Report(EvaluationResults results, string what, JsonElement value)
    {
        if (results.IsValid)
        {
            return;
        }

        var errors = results.Details.Where(d => d.HasErrors)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}"));
        Assert.Fail($"{what}: {string.Join("; ", errors)}\n{value}");
    }
}
