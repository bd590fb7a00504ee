using System.Text.Json;
using Orkestron.Agents.Orchestration.Planning;
using Orkestron.Agents.Tests.Chat;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;

namespace Orkestron.Agents.Tests.Orchestration;

/// <summary>A goal becomes a plan whose data fits; nothing runs before it is approved.</summary>
public sealed class PlannerTests(AgentsFixture agents)
{
    private const string Text = "Grid batteries store energy at noon. They sell it in the evening. Operators watch how they age.";

    private const string ModelPlan = """
        {"steps":[{"id":"t","call":"orkestron/keyword-extractor","input":{"text":{"$ref":"/input/text"}}}],"output":{"$ref":"/steps/t/keyphrases"}}
        """;

    private static readonly object Goal = new { goal = "Extract the keywords of this text", input = new { text = Text }, maxSteps = 1 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goal_OfTwoParts_BecomesAChainWhoseDataFits()
    {
        var context = new FakeContext(agents.All);
        var answer = await agents.RunAsync(
            "planner", new { goal = "Summarise the text, then extract the keywords of the summary", input = new { text = Text } }, context);

        var steps = answer.GetProperty("plan").GetProperty("steps");
        Assert.Equal(["orkestron/summariser", "orkestron/keyword-extractor"], steps.EnumerateArray().Select(step => step.GetProperty("call").GetString()));
        Assert.Equal("/input/text", steps[0].GetProperty("input").GetProperty("text").GetProperty("$ref").GetString());
        Assert.Equal("/steps/s1/summary", steps[1].GetProperty("input").GetProperty("text").GetProperty("$ref").GetString());
        Assert.NotEmpty(answer.GetProperty("result").GetProperty("keyphrases").EnumerateArray());
        Assert.Equal("matching", answer.GetProperty("by").GetString());
        var question = Assert.Single(context.Questions);
        Assert.Matches("cost at least 0\\.0[0-9]+ and at most", question.Prompt);
        Assert.Equal(2, question.Subject!.Value.GetProperty("agents").GetArrayLength());
    }

    [Fact]
    public async Task Question_InTheGoal_GoesToTheFieldForWords()
    {
        var answer = await agents.RunAsync("planner", new
        {
            goal = "Search my documents: which pump survives salt water?",
            input = new { documents = new[] { new { title = "Pump B20", text = "The bronze parts of pump B20 resist corrosion in sea water." } } },
            maxSteps = 1,
        });

        var step = answer.GetProperty("plan").GetProperty("steps")[0];
        Assert.Equal("/input/documents", step.GetProperty("input").GetProperty("documents").GetProperty("$ref").GetString());
        Assert.Contains("salt water", step.GetProperty("input").GetProperty("question").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bake a chocolate cake", """{"text":"x"}""", 3, "'Bake a chocolate cake'")]
    [InlineData("Extract the keywords of my text", "{}", 3, "nothing gives its text")]
    [InlineData("Summarise the text, then extract the keywords", """{"text":"x"}""", 1, "names 2 things to do; at most 1")]
    public async Task Goal_ThatNothingFits_IsRefusedAndSaysWhichPart(string goal, string input, int maxSteps, string words)
    {
        var context = new FakeContext(agents.All);

        var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => agents.RunAsync(
            "planner", new { goal, input = JsonElement.Parse(input), maxSteps }, context));

        Assert.Equal("no_agents_fit", refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Empty(context.Calls);
    }

    [Fact]
    public async Task Plan_Denied_RunsNothing()
    {
        var context = new FakeContext(agents.All) { Answer = JsonElement.Parse("""{"decision":"deny","note":"Too dear"}""") };

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => agents.RunAsync("planner", Goal, context));

        Assert.Equal(("denied", "You denied the plan: Too dear"), (failed.Code, failed.Message));
        Assert.Empty(context.Calls);
    }

    [Fact]
    public async Task Plan_Edited_IsCheckedAgainBeforeItRuns()
    {
        var context = new FakeContext(agents.All);
        context.Answers.Enqueue(JsonElement.Parse("""{"decision":"approve","plan":{"steps":[{"id":"a","call":"orkestron/none","input":{}}]}}"""));
        context.Answers.Enqueue(JsonElement.Parse($$"""{"decision":"approve","plan":{{ModelPlan}}}"""));

        var answer = await agents.RunAsync("planner", Goal, context);

        Assert.Contains("There is no agent 'orkestron/none'", context.Questions[1].Prompt, StringComparison.Ordinal);
        Assert.Equal("you", answer.GetProperty("by").GetString());
        Assert.Equal(JsonValueKind.Array, answer.GetProperty("result").ValueKind);
        Assert.Equal(["orkestron/keyword-extractor"], context.Calls);
    }

    [Fact]
    public async Task Model_ProposesAPlan_ThatIsCheckedAndMended()
    {
        var answers = new Queue<string>(["""Sure: {"steps":[{"id":"t","call":"orkestron/none","input":{}}]}""", $"```json\n{ModelPlan}\n```"]);
        await using var server = await ServerAsync(answers.Dequeue);

        var (answer, context) = await PlanAsync(server);

        Assert.Equal("model", answer.GetProperty("by").GetString());
        Assert.Equal(["orkestron/chat", "orkestron/chat", "orkestron/keyword-extractor"], context.Calls);
        Assert.Contains("There is no agent 'orkestron/none'", server.LastBody, StringComparison.Ordinal);
        Assert.Single(context.Questions);
    }

    [Theory]
    [InlineData("I would rather not.")]
    [InlineData("""{"steps":[{"id":"t","call":"orkestron/keyword-extractor","input":{"text":{"$ref":"/input/secret"}}}]}""")]
    public async Task Model_ThatDoesNotMendItsPlan_IsLeftForMatching(string said)
    {
        await using var server = await ServerAsync(() => said);

        var (answer, context) = await PlanAsync(server);

        Assert.Equal("matching", answer.GetProperty("by").GetString());
        Assert.Equal(2, server.Requests);
        Assert.Equal("orkestron/keyword-extractor", context.Calls.Last());
    }

    [Theory]
    [InlineData("Summarise the text, then extract the keywords of the summary", "Summarise the text", "extract the keywords of the summary")]
    [InlineData("Convert the CSV and summarise it; finally, translate", "Convert the CSV", "summarise it", "translate")]
    [InlineData("Find black and white pictures", "Find black and white pictures")]
    public void Parts_OfAGoal_AreWhatToDo(string goal, params string[] parts) => Assert.Equal(parts, GoalParts.Of(goal).Select(static part => part.Text));

    [Theory]
    [InlineData("Summarise the text, then extract the keywords of the summary", false, true)]
    [InlineData("Summarise the text. Then extract its keywords; and afterwards classify it", false, true, true)]
    [InlineData("Summarise this text and extract its keywords; label it", false, false, false)]
    public void Parts_OfAGoal_KnowWhetherTheyComeAfter(string goal, params bool[] then) =>
        Assert.Equal(then, GoalParts.Of(goal).Select(static part => part.Then));

    [Theory]
    [InlineData("Summarise this text and extract its keywords", "[summariser keyword-extractor]")]
    [InlineData("Extract the keywords of the text; summarise the text", "[keyword-extractor summariser]")]
    [InlineData("Summarise the text. Extract its keywords. Then extract the keywords of the summary", "[summariser keyword-extractor] keyword-extractor")]
    [InlineData("Summarise the text and extract the keywords of the summary", "summariser keyword-extractor")]
    [InlineData("Summarise the text and extract the keywords of the result", "summariser keyword-extractor")]
    [InlineData("Summarise the text, then extract its keywords", "summariser keyword-extractor")]
    public async Task Goal_WhosePartsNeedNothingOfEachOther_RunsThemAtTheSameTime(string goal, string shape)
    {
        var input = new { text = Text };
        var answer = await agents.RunAsync("planner", new { goal, input, maxSteps = 3 }, new FakeContext(agents.All));
        var again = await agents.RunAsync("planner", new { goal, input, maxSteps = 3 }, new FakeContext(agents.All));

        var plan = answer.GetProperty("plan");
        Assert.Equal(shape, string.Join(' ', plan.GetProperty("steps").EnumerateArray().Select(Shape)));
        Assert.Equal(plan.GetRawText(), again.GetProperty("plan").GetRawText());
        var checker = FakeDirectory.Checker([.. agents.All.Select(static agent => FakeDirectory.Of(agent.Card))]);
        var checkedPlan = await checker.CheckAsync(new PlanDraft { Plan = plan, Input = JsonSerializer.SerializeToElement(input) }, Stop);
        Assert.Empty(checkedPlan.Report.Faults);
    }

    [Fact]
    public async Task Parts_AtTheSameTime_AnswerTogetherByTheirAgentsNames()
    {
        var answer = await agents.RunAsync(
            "planner",
            new { goal = "Summarise this text and extract its keywords", input = new { text = Text }, maxSteps = 2 },
            new FakeContext(agents.All));

        var result = answer.GetProperty("result");
        Assert.NotEmpty(result.GetProperty("summariser").GetProperty("summary").GetString()!);
        Assert.NotEmpty(result.GetProperty("keyword-extractor").GetProperty("keyphrases").EnumerateArray());
        var branches = answer.GetProperty("plan").GetProperty("steps")[0].GetProperty("parallel");
        Assert.All(
            branches.EnumerateArray(),
            static branch => Assert.Equal("/input/text", branch[0].GetProperty("input").GetProperty("text").GetProperty("$ref").GetString()));
    }

    [Fact]
    public async Task Part_AfterParallelOnes_TakesWhatOneOfThemAnswered()
    {
        var answer = await agents.RunAsync(
            "planner",
            new { goal = "Summarise this text and extract its keywords, then extract the keywords of the summary", input = new { text = Text } },
            new FakeContext(agents.All));

        var last = answer.GetProperty("plan").GetProperty("steps")[1];
        Assert.Equal("/steps/p1/0/summary", last.GetProperty("input").GetProperty("text").GetProperty("$ref").GetString());
        // What nobody takes is not lost: both ends are the answer.
        Assert.Equal(["keyword-extractor", "keyword-extractor-2"], answer.GetProperty("result").EnumerateObject().Select(static member => member.Name));
    }

    private static string Shape(JsonElement step) => step.TryGetProperty("parallel", out var branches)
        ? $"[{string.Join(' ', branches.EnumerateArray().Select(static branch => Shape(branch[0])))}]"
        : step.GetProperty("call").GetString()!["orkestron/".Length..];

    private static Task<ModelServer> ServerAsync(Func<string> say) => ModelServer.StartAsync(async http =>
    {
        await ModelServer.SendAsync(http, say());
        await ModelServer.EndAsync(http);
    });

    private static async Task<(JsonElement Answer, FakeContext Context)> PlanAsync(ModelServer server)
    {
        var context = new FakeContext(server.All);
        var planner = server.All.Single(agent => agent.Card.Name == "planner");
        return (await planner.RunAsync(JsonSerializer.SerializeToElement(Goal), context, Stop), context);
    }
}
