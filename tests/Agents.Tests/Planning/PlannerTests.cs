using System.Text.Json;
using Orkestron.Agents.Planning;
using Orkestron.Agents.Tests.Chat;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Tests.Planning;

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
        Assert.Equal(
            ["orkestron/summariser", "orkestron/keyword-extractor"],
            steps.EnumerateArray().Select(step => step.GetProperty("call").GetString()));
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

    [Theory]
    [InlineData("summarise in 3 sentences, classify, keywords", "summariser text-classifier keyword-extractor")]
    [InlineData("Summarise it, classify it and give me the key phrases; keywords", "summariser text-classifier keyword-extractor")]
    [InlineData("keywords and a summary", "keyword-extractor summariser")]
    [InlineData("keywords and entities", "keyword-extractor")]
    [InlineData("Summarise the plan, the budget and the schedule", "summariser")]
    public async Task Goal_AsAList_HasAStepForEachThingToDo(string goal, string called)
    {
        var context = new FakeContext(agents.All);
        await agents.RunAsync("planner", new { goal, input = new { text = Text }, maxSteps = 5 }, context);
        Assert.Equal(called.Split(' ').Order(), context.Calls.Select(static call => call["orkestron/".Length..]).Order());
    }

    [Fact]
    public async Task Words_OfTheGoal_BecomeValuesOfTheInputs()
    {
        var answer = await agents.RunAsync(
            "planner",
            new { goal = "Summarise the text in two sentences, extract 5 keywords, classify as praise, complaint or question", input = new { text = Text } },
            new FakeContext(agents.All));

        var inputs = answer.GetProperty("plan").GetProperty("steps")[0].GetProperty("parallel").EnumerateArray()
            .ToDictionary(static branch => branch[0].GetProperty("call").GetString()!, static branch => branch[0].GetProperty("input"));
        Assert.Equal(2, inputs["orkestron/summariser"].GetProperty("sentences").GetInt32());
        Assert.Equal(5, inputs["orkestron/keyword-extractor"].GetProperty("maxKeyphrases").GetInt32());
        Assert.Equal(
            ["praise", "complaint", "question"],
            inputs["orkestron/text-classifier"]
                .GetProperty("labels")
                .EnumerateArray()
                .Select(static label => label.GetProperty("name").GetString()));
        Assert.Empty(answer.GetProperty("assumed").EnumerateArray());
        Assert.Empty(answer.GetProperty("leftOut").EnumerateArray());
    }

    [Theory]
    [InlineData("Summarise the text, then translate it to French, then extract its keywords", "translate it to French;extract its keywords")]
    [InlineData("Summarise the text and e-mail it to Anna", "e-mail it to Anna")]
    [InlineData("Summarise the text in German", "in German")]
    [InlineData("Summarise the text in 50 bullet points as a PDF", "as a PDF;50 bullet points")]
    [InlineData("Extract the keywords as a Markdown table", "as a Markdown table")]
    public async Task Parts_ThatThePlanLeavesOut_AreNamed(string goal, string left)
    {
        var context = new FakeContext(agents.All);
        var answer = await agents.RunAsync("planner", new { goal, input = new { text = Text } }, context);

        Assert.Equal(
            left.Split(';'), answer.GetProperty("leftOut").EnumerateArray().Select(static each => each.GetProperty("part").GetString()));
        Assert.All(
            left.Split(';'),
            part => Assert.Contains($"Not in the plan: '{part}': ", context.Questions[0].Prompt, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("revenue per store as a Markdown table", false)]
    [InlineData("Average revenue", false)]
    [InlineData("Sort the rows by revenue", false)]
    [InlineData("revenue per store", true)]
    [InlineData("Describe the columns of this CSV", null)]
    public async Task Table_IsReckonedOnlyBySqlThatIsThere(string goal, bool? withSql)
    {
        var input = new Dictionary<string, string> { ["csv"] = "store,revenue\nA,5\nB,7" };
        if (withSql == true)
        {
            input["sql"] = "SELECT store, SUM(revenue) FROM data GROUP BY store ORDER BY store";
        }

        var context = new FakeContext(agents.All);
        if (withSql == false)
        {
            var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => agents.RunAsync("planner", new { goal, input }, context));
            Assert.Contains("give it as input.sql", refused.Message, StringComparison.Ordinal);
            Assert.Empty(context.Calls);
            return;
        }

        var answer = await agents.RunAsync("planner", new { goal, input }, context);
        Assert.Equal(["orkestron/csv-analyst"], context.Calls);
        Assert.Equal(
            withSql == true, answer.GetProperty("plan").GetProperty("steps")[0].GetProperty("input").TryGetProperty("mode", out _));
    }

    [Fact]
    public async Task Question_SaysInPlainWordsWhatIsToBeApproved()
    {
        var context = new FakeContext(agents.All);
        await agents.RunAsync("planner", new { goal = "summarise in 3 sentences, classify, keywords", input = new { text = Text } }, context);

        var lines = context.Questions[0].Prompt.Split('\n');
        Assert.StartsWith("Run this plan? Its calls cost at least 0.055", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1. Text summariser: summarise in 3 sentences (orkestron/summariser, 0.022 tokens", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2. Text classifier: classify (", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("3. Keyword and entity extractor: keywords (", lines[3], StringComparison.Ordinal);
        Assert.Contains("names no labels: positive, neutral, negative are taken", lines[4], StringComparison.Ordinal);
        var steps = context.Questions[0].Subject!.Value.GetProperty("steps");
        Assert.Equal("0.011", steps[2].GetProperty("price").GetString());
    }

    [Fact]
    public void Hold_IsWhatThePlansCallsMayCost()
    {
        var price = agents["planner"].Card.Price;
        var dearest = agents.All.Where(static agent => agent.Card.Kind == AgentKind.Worker)
            .Max(static agent => agent.Card.Price.PerCall.Micro + agent.Card.Price.PerThousandCharacters.Micro);
        Assert.InRange(price.CallsHeld(1_000).Micro, 3 * dearest, 8 * dearest);
        Assert.InRange(price.CallsHeld(1_000_000_000).Micro, price.CallBudget.Micro, price.CallBudget.Micro);
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
    [InlineData("Find red, green and blue pictures", "Find red, green and blue pictures")]
    [InlineData("Find them, sort them, count them and list them", "Find them", "sort them", "count them", "list them")]
    [InlineData("Count a. Count b. Count c. Count d. Count e1e. Count fff. Count ggg. Count hhh. Count iii. Count jjj",
        "Count a", "Count b", "Count c", "Count d", "Count e1e", "Count fff", "Count ggg", "Count hhh", "Count iii", "Count jjj")]
    public void Parts_OfAGoal_AreWhatToDo(string goal, params string[] parts) =>
        Assert.Equal(parts, GoalParts.Of(goal).Select(static part => part.Text));

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
            static branch =>
                Assert.Equal("/input/text", branch[0].GetProperty("input").GetProperty("text").GetProperty("$ref").GetString()));
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
        Assert.Equal(
            ["keyword-extractor", "keyword-extractor-2"],
            answer.GetProperty("result").EnumerateObject().Select(static member => member.Name));
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
