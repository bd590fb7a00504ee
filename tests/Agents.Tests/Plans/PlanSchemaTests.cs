using System.Text;
using System.Text.Json;
using Json.Schema;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Tests.Common;
using Orkestron.Agents.Workflows;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>The published schema takes every plan that the reader takes, and refuses what an editor should underline.</summary>
public sealed class PlanSchemaTests
{
    private const string Call = """{"id":"a","call":"x/y","input":{}}""";

    private static readonly JsonSchema Schema = JsonSchema.FromText(Encoding.UTF8.GetString(PlanSchema.Utf8.Span));

    public static TheoryData<string> Good =>
    [
        Call,
        """{"id":"a","call":"x/y","input":{"t":{"$text":["a",{"$ref":"/input"}]},"l":[1,{"$ref":"/input/x"}]}}""",
        $$$"""{"id":"p","parallel":[[{{{Call}}}],[{{{Call}}}]]}""",
        $$$"""{"id":"p","race":[[{{{Call}}}],[{{{Call}}}]]}""",
        $$$"""{"id":"p","map":{"over":[1],"atMost":3,"do":[{{{Call}}}]}}""",
        $$$"""{"id":"p","reduce":{"over":[1],"from":0,"do":[{{{Call}}}]}}""",
        $$$"""{"id":"p","branch":{"if":{"all":[{"ref":"/input","is":"exists"},{"not":{"ref":"/input/x","is":"equal","value":1}}]},"then":[{{{Call}}}],"else":[{{{Call}}}]}}""",
        $$$"""{"id":"p","loop":{"while":{"any":[{"ref":"/index","is":"less","value":3}]},"atMost":5,"do":[{{{Call}}}]}}""",
        """{"id":"p","vote":{"agents":["x/y","x/z"],"input":{},"on":"/label","quorum":2,"tie":"first"}}""",
        """{"id":"p","approve":{"prompt":"Go on?","subject":1}}""",
        """{"id":"p","wait":{"seconds":5}}""",
        """{"id":"p","wait":{"until":"2026-12-24T18:00:00+01:00"}}""",
        """{"id":"p","wait":{"until":"2026-12-24T18:00","timeZone":"Europe/Berlin"}}""",
        """{"id":"p","wait":{"until":{"$ref":"/input/at"},"timeZone":{"$ref":"/input/zone"}}}""",
        """{"id":"a","call":"x/y","input":{"schema":{"$literal":{"$ref":"#/$defs/a"}},"t":{"$literal":{"$text":5}}}}""",
        $$$"""{"id":"p","call":"x/y","input":1,"compensate":[{{{Call}}}]}""",
    ];

    public static TheoryData<string> Broken =>
    [
        "{}",
        """{"id":"a"}""",
        """{"call":"x/y","input":{}}""",
        """{"id":"a b","call":"x/y","input":{}}""",
        """{"id":"a","call":"x","input":{}}""",
        """{"id":"a","call":"x/y"}""",
        """{"id":"a","call":"x/y","input":{},"retries":3}""",
        """{"id":"a","call":"x/y","input":{},"wait":{"seconds":1}}""",
        """{"id":"a","call":"x/y","input":{"$ref":5}}""",
        """{"id":"a","call":"x/y","input":{"deep":[{"$ref":"input"}]}}""",
        """{"id":"a","call":"x/y","input":{"$text":"not a list"}}""",
        $$$"""{"id":"p","parallel":[[{{{Call}}}]]}""",
        """{"id":"p","parallel":[[],[]]}""",
        $$$"""{"id":"p","map":{"over":[1],"atMost":0,"do":[{{{Call}}}]}}""",
        $$$"""{"id":"p","map":{"do":[{{{Call}}}]}}""",
        $$$"""{"id":"p","reduce":{"over":[1],"do":[{{{Call}}}]}}""",
        $$$"""{"id":"p","branch":{"if":{"ref":"/input","is":"like","value":1},"then":[{{{Call}}}]}}""",
        $$$"""{"id":"p","branch":{"if":{"ref":"/input","is":"equal"},"then":[{{{Call}}}]}}""",
        $$$"""{"id":"p","loop":{"while":{"not":5},"do":[{{{Call}}}]}}""",
        """{"id":"p","vote":{"agents":["x/y"],"input":{}}}""",
        """{"id":"p","vote":{"agents":["x/y","x/z"],"input":{},"tie":"both"}}""",
        """{"id":"p","vote":{"agents":["x/y","x/z"],"input":{},"on":5}}""",
        """{"id":"p","approve":{"prompt":""}}""",
        """{"id":"p","wait":5}""",
        """{"id":"p","wait":{"seconds":5,"until":"2026-12-24T18:00Z"}}""",
        """{"id":"p","wait":{"until":"tomorrow"}}""",
        """{"id":"p","wait":{"seconds":5,"timeZone":"Europe/Berlin"}}""",
        """{"id":"p","wait":{"seconds":5},"input":{}}""",
    ];

    [Fact]
    public void Schema_Always_IsValid() => SchemaAssert.MustBeSchema(JsonElement.Parse(PlanSchema.Utf8.Span), "plan-1.json");

    [Theory]
    [MemberData(nameof(Good))]
    public void Plan_OfEachKind_IsValidForBoth(string step)
    {
        var plan = Plan(step);

        Assert.Empty(PlanReader.Read(plan).Faults);
        SchemaAssert.MustFit(JsonElement.Parse(PlanSchema.Utf8.Span), plan, "plan");
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Plan_ThatTheSchemaRefuses_TheReaderRefusesToo(string step)
    {
        var plan = Plan(step);

        Assert.False(Schema.Evaluate(plan).IsValid);
        Assert.NotEmpty(PlanReader.Read(plan).Faults);
    }

    [Fact]
    public void Examples_OfTheCard_AreValid()
    {
        foreach (var example in WorkflowCard.Card.Examples)
        {
            var plan = example.Input.TryGetProperty("yaml", out var yaml)
                ? JsonSerializer.SerializeToElement(YamlReader.Read(yaml.GetString()!, []))
                : example.Input.GetProperty("plan");
            SchemaAssert.MustFit(JsonElement.Parse(PlanSchema.Utf8.Span), plan, example.Title);
        }
    }

    private static JsonElement Plan(string step) => JsonElement.Parse($$"""{"steps":[{{step}}]}""");
}
