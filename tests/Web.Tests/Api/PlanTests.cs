using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Contracts.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Plans over HTTP: checked, published as agents, run, paid.</summary>
public sealed class PlanTests(WebNode node)
{
    private const string Terms = """
        { "steps": [ { "id": "terms", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } } ],
          "output": { "terms": { "$ref": "/steps/terms/keyphrases" } } }
        """;

    [Fact]
    public async Task Check_OfAGoodPlan_TellsAgentsPriceAndWhatItAnswers()
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("plans/check", $$"""{ "plan": {{Terms}}, "inputSchema": {{Input}} }""");
        var report = await ApiClient.ReadAsync<PlanReport>(answer, HttpStatusCode.OK);

        Assert.True(report.Valid);
        Assert.Equal("orkestron/keyword-extractor", Assert.Single(report.Agents).Agent);
        Assert.True(report.Price!.AtLeast.Micro > 0);
        Assert.Equal("array", report.OutputSchema!.Value.GetProperty("properties").GetProperty("terms").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Check_OfABadPlan_TellsLineAndColumn()
    {
        using var guest = await node.GuestAsync();
        const string yaml = "steps:\n  - id: terms\n    call: orkestron/keyword-extractor\n    input: { txt: { $ref: /input/text } }\n";

        using var answer = await guest.PostAsync("plans/check", JsonSerializer.Serialize(new { yaml }));
        var report = await ApiClient.ReadAsync<PlanReport>(answer, HttpStatusCode.OK);

        Assert.False(report.Valid);
        Assert.Contains(report.Faults, fault => (fault.Path, fault.Line, fault.Column) == ("/steps/0/input/txt", 4, 14));
        using var visitor = node.Visitor();
        using var unknown = await visitor.PostAsync("plans/check", "{}");
        await ApiClient.ProblemAsync(unknown, 401, "sign_in_required");
        using var nothing = await guest.PostAsync("plans/check", "{}");
        await ApiClient.ProblemAsync(nothing, 400, "invalid");
        using var harmful = await guest.PostAsync(
            "plans/check", $$"""{ "plan": {{Terms}}, "inputSchema": { "anyOf": [{ "$ref": "#" }, { "$ref": "#" }] } }""");
        Assert.False((await ApiClient.ReadAsync<PlanReport>(harmful, HttpStatusCode.OK)).Valid);
    }

    [Fact]
    public async Task Schema_OfPlans_IsServed()
    {
        using var visitor = node.Visitor();

        using var answer = await visitor.Http.GetAsync(new Uri("/schemas/plan-1.json", UriKind.Relative), ApiClient.Stop);

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType?.MediaType);
        var schema = await answer.Content.ReadFromJsonAsync<JsonElement>(ApiClient.Stop);
        Assert.True(schema.GetProperty("$defs").TryGetProperty("step", out _));
    }

    [Fact]
    public async Task Plan_PublishedAsAnAgent_RunsForOthersAndEarnsItsPrice()
    {
        using var maker = await node.GuestAsync();
        using var guest = await node.GuestAsync();
        var name = Name();
        var listing = await PublishAsync(maker, name, "1.0.0", $"\"plan\": {Terms}");

        var task = await guest.SettledAsync(new { agent = name, input = new { text = "Grid batteries store energy at noon." } });

        Assert.Equal(["orkestron/keyword-extractor"], listing.Calls!);
        Assert.Equal("orchestrator", listing.Kind);
        Assert.Equal("completed", task.State);
        Assert.NotEmpty(task.Result!.Value.GetProperty("terms").EnumerateArray());
        Assert.Equal([name, "orkestron/keyword-extractor"], task.Steps.Select(step => step.Agent));
        Assert.Equal(20_000, task.Steps[0].Cost.Micro);
        Assert.Equal(task.Steps.Sum(step => step.Cost.Micro), task.Cost.Charged.Micro);
        var page = await guest.Http.GetStringAsync(new Uri($"/agents/{name}", UriKind.Relative), ApiClient.Stop);
        Assert.Contains("a plan of other agents", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/agents/orkestron/keyword-extractor\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/steps/terms/keyphrases", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_ThatCallsAPlan_RunsAndMayNotComeBack()
    {
        using var maker = await node.GuestAsync();
        var (inner, outer) = (Name(), "");
        outer = inner + "-outer";
        await PublishAsync(maker, inner, "1.0.0", $"\"plan\": {Terms}");
        await PublishAsync(maker, outer, "1.0.0", $$"""
            "planYaml": "steps:\n  - id: all\n    call: {{inner}}\n    input: { text: { $ref: /input/text } }\noutput: { $ref: /steps/all }\n"
            """);

        var task = await maker.SettledAsync(new { agent = outer, input = new { text = "Grid batteries store energy at noon." } });
        using var round = await PutAsync(maker, inner, "2.0.0", $$"""
            "plan": { "steps": [ { "id": "a", "call": "{{outer}}", "input": { "text": "x" } } ] }
            """);

        Assert.Equal(("completed", 3), (task.State, task.Steps.Count));
        var problem = await ApiClient.ProblemAsync(round, 400, "invalid");
        Assert.Contains($"{inner} > {outer} > {inner}", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("#/plan/steps/0/call", Assert.Single(problem.Errors!).Pointer);
    }

    [Fact]
    public async Task Plan_ThatWaitsOverAnUpgrade_GoesOnWithItsOwnPlan()
    {
        using var maker = await node.GuestAsync();
        var name = Name();
        const string plan = """
            "outputSchema": {"type":"object"}, "plan": { "steps": [
              { "id": "ok", "approve": { "prompt": "Go on?" } },
              { "id": "a", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } } ],
              "output": { "by": "VERSION" } }
            """;
        await PublishAsync(maker, name, "1.0.0", plan.Replace("VERSION", "one", StringComparison.Ordinal));
        using var submitted = await maker.SubmitAsync(new { agent = name, input = new { text = "Grid batteries." } });
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await foreach (var (_, happened) in maker.EventsAsync(task.Id))
        {
            if (happened.Type == "step.suspended")
            {
                break;
            }
        }

        await PublishAsync(maker, name, "2.0.0", plan.Replace("VERSION", "two", StringComparison.Ordinal));
        await node.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, ApiClient.Stop);
        using var answered = await maker.PostAsync($"tasks/{task.Id}/input", """{"input":{"decision":"approve"}}""");
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var ended = await maker.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=30");

        Assert.Equal("""{"by":"one"}""", ended.Result?.GetRawText());
        Assert.Null((await node.Grains.GetGrain<IAgentGrain>(name).GetManifestAsync())!.Plan);
    }

    [Theory]
    [InlineData("\"plan\": { \"steps\": [ { \"id\": \"a\", \"call\": \"orkestron/none\", \"input\": {} } ] }", "#/plan/steps/0/call")]
    [InlineData("\"plan\": { \"steps\": [ { \"id\": \"a\", \"call\": \"orkestron/keyword-extractor\", \"input\": { \"text\": { \"$ref\": \"/input/topic\" } } } ] }", "#/plan/steps/0/input/text/$ref")]
    [InlineData("\"planYaml\": \"steps:\\n  - id: a\\n   call: x\"", "#/planYaml")]
    [InlineData("\"plan\": { \"steps\": [ { \"id\": \"a\", \"approve\": { \"prompt\": \"?\" } } ] }", "#/outputSchema")]
    [InlineData("\"plan\": {}, \"planYaml\": \"x\"", "#/plan")]
    [InlineData("\"price\": { \"perCall\": \"0\", \"perThousandCharacters\": \"0\", \"callBudget\": \"0\" }, \"plan\": { \"steps\": [ { \"id\": \"a\", \"call\": \"orkestron/keyword-extractor\", \"input\": { \"text\": \"x\" } } ] }", "#/price/callBudget")]
    public async Task Plan_ThatCannotRun_IsRefusedAtPublish(string plan, string pointer)
    {
        using var maker = await node.GuestAsync();

        using var answer = await PutAsync(maker, Name(), "1.0.0", plan);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Contains(problem.Errors!, error => error.Pointer == pointer);
    }

    private const string Input = """{ "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"], "additionalProperties": false }""";

    private static string Name() => $"p-{Guid.NewGuid():N}"[..20] + "/plan";

    private static async Task<AgentListing> PublishAsync(ApiClient maker, string name, string version, string plan)
    {
        using var answer = await PutAsync(maker, name, version, plan);
        return await ApiClient.ReadAsync<AgentListing>(answer, HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> PutAsync(ApiClient maker, string name, string version, string plan)
    {
        var price = plan.Contains("\"price\"", StringComparison.Ordinal)
            ? ""
            : "\"price\": { \"perCall\": \"0.02\", \"perThousandCharacters\": \"0\", \"callBudget\": \"1\" },";
        var body = $$"""
            { "version": "{{version}}", "title": "A plan", "summary": "A test.", "country": "DE", "inputSchema": {{Input}},
              "examples": [ { "title": "One", "input": { "text": "Grid batteries." } } ], {{price}} {{plan}} }
            """;
        return maker.Http.PutAsync(
            new Uri($"agents/{name}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), ApiClient.Stop);
    }
}
