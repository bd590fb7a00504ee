using System.Text.Json;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Tests.Common;
using Orkestron.Agents.Workflows;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>A mistake in a plan is told with its place before a step runs.</summary>
public sealed class PlanReaderTests
{
    [Theory]
    [InlineData("""{}""", "/steps", "required")]
    [InlineData("""{"steps":[]}""", "/steps", "one step or more")]
    [InlineData("""{"steps":[{"id":"a"}]}""", "/steps/0", "exactly one of call")]
    [InlineData("""{"steps":[{"id":"a","call":"x"}]}""", "/steps/0/call", "provider/name")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{"$ref":"/steps/b/c"}}]}""", "/steps/0/input/$ref", "/steps/b/c is not known")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{"n":{"$ref":"/steps/a"}}}]}""", "/steps/0/input/n/$ref", "not known")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{"$ref":"/item"}}]}""", "/steps/0/input/$ref", "Known are /input")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{}},{"id":"a","call":"x/y","input":{}}]}""", "/steps/1/id", "another id")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{},"retries":3}]}""", "/steps/0/retries", "no such member")]
    [InlineData("""{"steps":[{"id":"m","map":{"over":[1],"atMost":0,"do":[{"id":"a","call":"x/y","input":{}}]}}]}""", "/steps/0/map/atMost", "from 1 to 64")]
    [InlineData("""{"steps":[{"id":"l","loop":{"while":{"ref":"/input","is":"like","value":1},"do":[{"id":"a","call":"x/y","input":{}}]}}]}""", "/steps/0/loop/while/is", "one of equal")]
    [InlineData("""{"steps":[{"id":"v","vote":{"agents":["x/y"],"input":{}}}]}""", "/steps/0/vote/agents", "2 to 64")]
    [InlineData("""{"steps":[{"id":"r","race":[[{"id":"a","call":"x/y","input":{}}]]}]}""", "/steps/0/race", "2 to 64 branches")]
    [InlineData("""[]""", "", "object with steps")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{}}],"onCancel":"undo"}""", "/onCancel", "(compensate) or stays (leave)")]
    [InlineData("""{"steps":[{"id":"w","wait":{"seconds":1,"until":"2026-12-24T18:00Z"}}]}""", "/steps/0/wait", "either seconds, or until")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"tomorrow"}}]}""", "/steps/0/wait/until", "written like 2026-12-24T18:00+01:00")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-12-24T18:00"}}]}""", "/steps/0/wait/until", "has no offset")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-02-30T18:00Z"}}]}""", "/steps/0/wait/until", "written like")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-12-24T18:00+15:00"}}]}""", "/steps/0/wait/until", "between -14:00 and +14:00")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-12-24T18:00Z","timeZone":"Europe/Berlin"}}]}""", "/steps/0/wait/until", "offset already")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-12-24T18:00","timeZone":"Europe/Berlinn"}}]}""", "/steps/0/wait/timeZone", "no time zone")]
    [InlineData("""{"steps":[{"id":"w","wait":{"until":"2026-12-24T18:00","timeZone":"../../etc/passwd"}}]}""", "/steps/0/wait/timeZone", "no time zone")]
    [InlineData("""{"steps":[{"id":"a","call":"x/y","input":{"$literal":1,"b":{"$ref":"/nowhere"}}}]}""", "/steps/0/input/b/$ref", "not known")]
    public void Read_AMistake_IsToldWithItsPlace(string plan, string path, string words)
    {
        var (read, faults) = PlanReader.Read(JsonSerializer.Deserialize<JsonElement>(plan));

        Assert.Null(read);
        Assert.Contains(faults, fault => fault.Path == path && fault.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Yaml_ThatCannotBeRead_IsRefusedWithItsLine()
    {
        var input = JsonSerializer.SerializeToElement(new { yaml = "steps:\n  - id: a\n   call: x/y" });

        var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => new WorkflowAgent(FakeDirectory.Checker()).RunAsync(
            input, new FakeContext(), TestContext.Current.CancellationToken));

        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManySteps_IsRefused()
    {
        var steps = string.Join(',', Enumerable.Range(0, 201).Select(i => $$$"""{"id":"s{{{i}}}","call":"x/y","input":{}}"""));

        var (read, faults) = PlanReader.Read(JsonSerializer.Deserialize<JsonElement>($$"""{"steps":[{{steps}}]}"""));

        Assert.Null(read);
        Assert.Contains(faults, fault => fault.Message.Contains("at most 200 steps", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TheCardsExamples_AreValid()
    {
        foreach (var example in WorkflowCard.Card.Examples)
        {
            var plan = example.Input.TryGetProperty("yaml", out var yaml)
                ? JsonSerializer.SerializeToElement(YamlReader.Read(yaml.GetString()!, []))
                : example.Input.GetProperty("plan");
            Assert.Empty(PlanReader.Read(plan).Faults);
        }
    }
}
