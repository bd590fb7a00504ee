using System.Text.Json;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>The data of a plan is followed before a step runs: what surely breaks is told, and nothing else.</summary>
public sealed class PlanCheckerTests
{
    private const string Text = """{"type":"object","properties":{"text":{"type":"string"},"count":{"type":"integer","maximum":9}},"required":["text"],"additionalProperties":false}""";

    // Answers a text, a list of terms with weights, and perhaps a note.
    private const string Terms = """
        {"type":"object","properties":{"text":{"type":"string"},"note":{"type":"string"},"terms":{"type":"array","items":{"$ref":"#/$defs/term"}}},
         "required":["text","terms"],"additionalProperties":false,
         "$defs":{"term":{"type":"object","properties":{"word":{"type":"string"},"weight":{"type":"number"}},"required":["word","weight"],"additionalProperties":false}}}
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"id":"b","call":"t/none","input":{}}""", "/steps/1/call", "There is no agent 't/none'")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/steps/a/txt"}}}""", "/steps/1/input/text/$ref", "/steps/a has no 'txt': there are text, note, terms")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/input/topic"}}}""", "/steps/1/input/text/$ref", "/input has no 'topic'")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/steps/a/terms"}}}""", "/steps/1/input/text", "This is a list; t/terms takes a text here")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/steps/a/terms/0/weight"}}}""", "/steps/1/input/text", "a number")]
    [InlineData("""{"id":"b","call":"t/terms","input":{}}""", "/steps/1/input/text", "needs this")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":"x","more":1}}""", "/steps/1/input/more", "takes no 'more'. It takes text, count")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":"x","count":10}}""", "/steps/1/input/count", "at most 9")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":"x","count":9.00000000000000000001}}""", "/steps/1/input/count", "a whole number")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":"x","count":1e400}}""", "/steps/1/input/count", "at most 9")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"$ref":"/steps/a"}}""", "/steps/1/input", "takes no 'terms'")]
    [InlineData("""{"id":"b","map":{"over":{"$ref":"/steps/a/text"},"do":[{"id":"c","call":"t/terms","input":{"text":"x"}}]}}""", "/steps/1/map/over", "goes over a list")]
    [InlineData("""{"id":"b","map":{"over":{"$ref":"/steps/a/terms"},"do":[{"id":"c","call":"t/terms","input":{"text":{"$ref":"/item"}}}]}}""", "/steps/1/map/do/0/input/text", "This is an object")]
    [InlineData("""{"id":"b","reduce":{"over":[1,2],"from":{"text":"x","terms":[]},"do":[{"id":"c","call":"t/terms","input":{"text":{"$ref":"/accumulator/other"}}}]}}""", "/steps/1/reduce/do/0/input/text/$ref", "has no 'other'")]
    [InlineData("""{"id":"b","branch":{"if":{"ref":"/steps/a/size","is":"more","value":1},"then":[{"id":"c","call":"t/terms","input":{"text":"x"}}]}}""", "/steps/1/branch/if/ref", "has no 'size'")]
    [InlineData("""{"id":"b","vote":{"agents":["t/terms","t/terms"],"input":{"text":"x"},"on":"/label"}}""", "/steps/1/vote/on", "None of the agents answers with /label")]
    [InlineData("""{"id":"b","parallel":[[{"id":"c","call":"t/terms","input":{"text":"x"}}],[{"id":"d","call":"t/terms","input":{"text":1}}]]}""", "/steps/1/parallel/1/0/input/text", "a whole number")]
    [InlineData("""{"id":"b","approve":{"prompt":"?","subject":{"$ref":"/steps/a/texts"}}}""", "/steps/1/approve/subject/$ref", "has no 'texts'")]
    [InlineData("""{"id":"b","wait":{"seconds":{"$ref":"/steps/a/text"}}}""", "/steps/1/wait/seconds", "number of seconds")]
    public async Task Check_WhatSurelyBreaks_IsToldWithItsPlace(string step, string path, string words)
    {
        var report = await CheckAsync(step);

        Assert.False(report.Valid);
        var fault = Assert.Single(report.Faults);
        Assert.Equal(path, fault.Path);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"b","call":"t/any","input":{"$ref":"/steps/a"}}""")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/steps/a/note"}}}""")]
    [InlineData("""{"id":"b","call":"t/terms","input":{"text":{"$ref":"/input/text"},"count":{"$ref":"/input/count"}}}""")]
    [InlineData("""{"id":"b","map":{"over":{"$ref":"/steps/a/terms"},"do":[{"id":"c","call":"t/terms","input":{"text":{"$ref":"/item/word"},"count":{"$ref":"/index"}}}]}}""")]
    [InlineData("""{"id":"b","approve":{"prompt":"?","subject":{"$ref":"/steps/a/text"}}},{"id":"c","call":"t/terms","input":{"text":{"$ref":"/steps/b/value"}}}""")]
    [InlineData("""{"id":"b","branch":{"if":{"ref":"/steps/a/never","is":"exists"},"then":[{"id":"c","call":"t/terms","input":{"text":"x"}}]}},{"id":"d","call":"t/terms","input":{"text":{"$ref":"/steps/b/text"}}}""")]
    [InlineData("""{"id":"b","race":[[{"id":"c","call":"t/terms","input":{"text":"x"}}],[{"id":"d","call":"t/any","input":{}}]]},{"id":"e","call":"t/terms","input":{"text":{"$ref":"/steps/b/whatever"}}}""")]
    [InlineData("""{"id":"b","parallel":[[{"id":"c","call":"t/terms","input":{"text":"x"}}],[{"id":"d","call":"t/any","input":{}}]]},{"id":"e","call":"t/terms","input":{"text":{"$ref":"/steps/b/0/text"}}}""")]
    [InlineData("""{"id":"b","reduce":{"over":{"$ref":"/steps/a/terms"},"from":{"text":"x"},"do":[{"id":"c","call":"t/terms","input":{"text":{"$ref":"/accumulator/text"}}}]}}""")]
    [InlineData("""{"id":"b","loop":{"while":{"ref":"/steps/c/text","is":"exists"},"do":[{"id":"c","call":"t/terms","input":{"text":{"$text":["n",{"$ref":"/index"}]}}}]}}""")]
    [InlineData("""{"id":"b","call":"t/forms","input":{"text":{"$ref":"/steps/a/text"}}}""")]
    public async Task Check_WhatMayRun_IsNoFalseAlarm(string steps) => Assert.Empty((await CheckAsync(steps)).Faults);

    [Fact]
    public async Task Check_OfNeitherForm_TellsTheNearest()
    {
        var report = await CheckAsync("""{"id":"b","call":"t/forms","input":{"text":5}}""");

        Assert.Equal("/steps/1/input/text", Assert.Single(report.Faults).Path);
    }

    [Fact]
    public async Task Faults_InYaml_HaveLineAndColumn()
    {
        const string yaml = "steps:\n  - id: a\n    call: t/terms\n    input:\n      text: { $ref: /input/topic }\n";

        var report = (await Checker().CheckAsync(
            new PlanDraft { Yaml = yaml, InputSchema = JsonElement.Parse(Text) }, Stop)).Report;

        var fault = Assert.Single(report.Faults);
        Assert.Equal(("/steps/0/input/text/$ref", 5, 15), (fault.Path, fault.Line, fault.Column));
    }

    [Fact]
    public async Task Faults_InJson_HaveLineAndColumnOfTheText()
    {
        var plan = JsonElement.Parse("{\n  \"steps\": [\n    { \"id\": \"ä\", \"call\": \"t/none\", \"input\": {} }\n  ]\n}");

        var report = (await Checker().CheckAsync(new PlanDraft { Plan = plan }, Stop)).Report;

        Assert.Equal([("/steps/0/id", 3, 7)], report.Faults.Select(fault => (fault.Path, fault.Line!.Value, fault.Column!.Value)));
    }

    [Fact]
    public async Task Price_CountsWhatMustAndWhatMayRun()
    {
        var report = await CheckAsync("""
            {"id":"b","branch":{"if":{"ref":"/input/count","is":"exists"},"then":[{"id":"c","call":"t/terms","input":{"text":"x"}}]}},
            {"id":"d","map":{"over":["x","y"],"do":[{"id":"e","call":"t/terms","input":{"text":{"$ref":"/item"}}}]}}
            """);
        var endless = await CheckAsync("""{"id":"d","map":{"over":{"$ref":"/steps/a/terms"},"do":[{"id":"e","call":"t/terms","input":{"text":"x"}}]}}""");

        Assert.Equal(new PlanPrice(new Tokens(330), new Tokens(440)), report.Price);
        Assert.Equal(new PlanPrice(new Tokens(110), null), endless.Price);
    }

    [Fact]
    public async Task OutputSchema_OfWhatIsKnown_IsDerivedAndFitsAnswers()
    {
        var known = await CheckAsync("""{"id":"b","call":"t/terms","input":{"text":"x"}}""", """{"words":{"$ref":"/steps/b/terms"},"all":[1,{"$ref":"/steps/a/text"}]}""");
        var unknown = await CheckAsync("""{"id":"b","call":"t/any","input":{}}""", """{"what":{"$ref":"/steps/b/x"}}""");

        SchemaAssert.MustBeSchema(known.OutputSchema!.Value, "derived");
        SchemaAssert.MustFit(known.OutputSchema.Value, JsonElement.Parse("""{"words":[{"word":"a","weight":1}],"all":[1,"x"]}"""), "answer");
        Assert.Throws<Xunit.Sdk.FailException>(() =>
            SchemaAssert.MustFit(known.OutputSchema.Value, JsonElement.Parse("""{"words":[{"word":1}],"all":[1,"x"]}"""), "wrong answer"));
        Assert.Null(unknown.OutputSchema);
    }

    [Fact]
    public async Task OutputSchema_ThatTheAnswerCannotFit_IsAFault()
    {
        var draft = Draft("""{"id":"b","call":"t/terms","input":{"text":"x"}}""", """{"$ref":"/steps/b/text"}""");

        var report = (await Checker().CheckAsync(draft with { OutputSchema = JsonElement.Parse(Terms) }, Stop)).Report;

        Assert.Equal("/output", Assert.Single(report.Faults).Path);
    }

    [Theory]
    [InlineData("t/self", """{"id":"a","call":"t/self","input":{}}""", "t/self > t/self")]
    [InlineData("t/self", """{"id":"a","call":"t/round","input":{}}""", "t/self > t/round > t/self")]
    public async Task Cycle_AlsoThroughOthers_IsRefused(string self, string step, string way)
    {
        var checker = FakeDirectory.Checker(
            Agent("self", "true", "true"), Agent("round", "true", "true") with { Calls = ["t/terms", "t/self"] });

        var report = (await checker.CheckAsync(
            new PlanDraft { Plan = JsonElement.Parse($$"""{"steps":[{{step}}]}"""), Agent = self }, Stop)).Report;

        Assert.Contains(way, Assert.Single(report.Faults).Message, StringComparison.Ordinal);
    }

    private static async Task<PlanReport> CheckAsync(string steps, string? output = null) =>
        (await Checker().CheckAsync(Draft(steps, output), Stop)).Report;

    private static PlanDraft Draft(string steps, string? output = null) => new()
    {
        Plan = JsonElement.Parse(
            """{"steps":[{"id":"a","call":"t/terms","input":{"text":"x"}},""" + steps + "]"
            + (output is null ? "}" : ",\"output\":" + output + "}")),
        InputSchema = JsonElement.Parse(Text),
    };

    private static IPlanChecker Checker() => FakeDirectory.Checker(
        Agent("terms", Text, Terms),
        Agent("any", "true", """{"type":"object"}"""),
        Agent("forms", """{"oneOf":[{"type":"object","properties":{"url":{"type":"string"}},"required":["url"]},{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}]}""", "true"));

    private static DirectoryAgent Agent(string name, string input, string output) => new()
    {
        Agent = $"t/{name}",
        Version = "1.0.0",
        Title = name,
        Summary = "A test.",
        Skills = [],
        InputSchema = JsonElement.Parse(input),
        OutputSchema = JsonElement.Parse(output),
        Price = new AgentPrice(new Tokens(100), new Tokens(10)),
    };
}
