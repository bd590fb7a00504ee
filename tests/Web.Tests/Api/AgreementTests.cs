using System.Net;
using System.Text;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a user agreed to: a price, and that a foreign agent calls what its own provider may call.</summary>
public sealed class AgreementTests(WebNode node)
{
    [Fact]
    public async Task Run_AfterThePriceRose_IsRefusedUntilTheNewOneIsAgreedTo()
    {
        using var maker = await node.GuestAsync();
        using var user = await node.GuestAsync();
        var agent = Name();
        await PublishAsync(maker, agent, "1.0.0", price: "0.01");
        var before = await QuoteAsync(user, agent);
        await PublishAsync(maker, agent, "2.0.0", price: "5");

        using var unsaid = await RunAsync(user, agent);
        using var said = await RunAsync(user, agent, $",\"agreedPrice\":\"{before.Price}\"");
        using var held = await RunAsync(user, agent, $",\"agreedPrice\":\"9\",\"agreedHold\":\"{before.Held}\"");
        using var small = await RunAsync(user, agent, ",\"budgetTokens\":\"1\"");

        var problem = await ApiClient.ProblemAsync(unsaid, 409, "price_changed");
        Assert.Contains("5 tokens for this input now; you agreed to 0.01", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("#/agreedPrice", Assert.Single(problem.Errors!).Pointer);
        await ApiClient.ProblemAsync(said, 409, "price_changed");
        await ApiClient.ProblemAsync(held, 409, "price_changed");
        await ApiClient.ProblemAsync(small, 422, "budget_too_small");
        Assert.Equal(0, (await user.WalletAsync()).Held.Micro);
        Assert.Empty((await user.GetAsync<Contracts.Common.ListOf<TaskListItem>>("tasks")).Items);

        using var agreed = await RunAsync(user, agent, ",\"agreedPrice\":\"5\"");
        await ApiClient.ReadAsync<TaskDetail>(agreed, HttpStatusCode.Accepted);
        // Who was told the new price has agreed to it; who was never told another one as well.
        await QuoteAsync(user, agent);
        using var quoted = await RunAsync(user, agent);
        await ApiClient.ReadAsync<TaskDetail>(quoted, HttpStatusCode.Accepted);
        using var newcomer = await node.GuestAsync();
        using var first = await RunAsync(newcomer, agent);
        await ApiClient.ReadAsync<TaskDetail>(first, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Retry_AfterThePriceRose_AsksAgain()
    {
        using var maker = await node.GuestAsync();
        using var user = await node.GuestAsync();
        var agent = Name();
        await PublishAsync(maker, agent, "1.0.0", price: "0.01");
        using var submitted = await RunAsync(user, agent);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await user.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60");
        await PublishAsync(maker, agent, "2.0.0", price: "0.02");

        using var refused = await user.PostAsync($"tasks/{task.Id}/retry", "{}");
        using var agreed = await user.PostAsync($"tasks/{task.Id}/retry", """{"agreedPrice":"0.02"}""");

        await ApiClient.ProblemAsync(refused, 409, "price_changed");
        await ApiClient.ReadAsync<TaskDetail>(agreed, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Attempts_OfATask_AreAsAskedForAlsoWhenItRunsAgain()
    {
        using var maker = await node.GuestAsync();
        using var user = await node.GuestAsync();
        var agent = Name();
        await PublishAsync(maker, agent, "1.0.0", price: "0.01");

        using var none = await RunAsync(user, agent, ",\"maxAttempts\":0");
        using var usual = await RunAsync(user, agent);
        using var submitted = await RunAsync(user, agent, ",\"maxAttempts\":2");
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await user.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60");
        using var again = await user.PostAsync($"tasks/{task.Id}/retry", "{}");

        var problem = await ApiClient.ProblemAsync(none, 400, "invalid");
        Assert.Equal("#/maxAttempts", Assert.Single(problem.Errors!).Pointer);
        Assert.Null((await ApiClient.ReadAsync<TaskDetail>(usual, HttpStatusCode.Accepted)).MaxAttempts);
        Assert.Equal(2, task.MaxAttempts);
        Assert.Equal(2, (await ApiClient.ReadAsync<TaskDetail>(again, HttpStatusCode.Accepted)).MaxAttempts);
    }

    [Fact]
    public async Task Call_ByAForeignPlan_ReachesNothingThatItsProviderMayNotUse()
    {
        using var user = await node.GuestAsync();
        using var maker = await node.GuestAsync();
        var (secret, foreign, own) = (Name(), Name(), Name());
        await PublishAsync(user, secret, "1.0.0");
        await PublishAsync(maker, foreign, "1.0.0", call: secret);
        await PublishAsync(user, own, "1.0.0", call: secret);
        var open = await EndedAsync(user, foreign);
        await PublishAsync(user, secret, "1.0.0", listed: false);

        var closed = await EndedAsync(user, foreign);
        using var retried = await user.PostAsync($"tasks/{open.Id}/retry", """{"fromStep":2}""");
        var again = await ApiClient.ReadAsync<TaskDetail>(retried, HttpStatusCode.Accepted);
        var retry = await user.GetAsync<TaskDetail>($"tasks/{again.Id}?wait=60");

        Assert.Equal("completed", open.State);
        Assert.Equal(("failed", 0L), (closed.State, closed.Cost.Charged.Micro));
        Assert.DoesNotContain(closed.Steps, step => step.Agent == secret);
        Assert.Equal("failed", retry.State);
        Assert.Equal("completed", (await EndedAsync(user, own)).State);
        // An agent's provider may keep a helper to itself, whoever pays.
        Assert.Equal("completed", (await EndedAsync(maker, own)).State);
    }

    [Fact]
    public async Task Runs_OfTheOwner_CountForTheOwnerAndNotPublicly()
    {
        using var maker = await node.GuestAsync();
        using var user = await node.GuestAsync();
        var agent = Name();
        await PublishAsync(maker, agent, "1.0.0");

        await EndedAsync(maker, agent);
        await EndedAsync(maker, agent);
        Assert.Equal(0, (await user.GetAsync<AgentFigures>($"agents/{agent}/stats")).Runs);
        await EndedAsync(user, agent);

        var shown = await user.GetAsync<AgentFigures>($"agents/{agent}/stats");
        var own = await maker.GetAsync<AgentMetricsReport>($"agents/{agent}/metrics");
        var log = await maker.GetAsync<Contracts.Common.ListOf<AgentRunListing>>($"agents/{agent}/runs");
        Assert.Equal((1, 1), (shown.Runs, shown.Succeeded));
        Assert.Equal((3, 2), (own.All.Runs, own.All.OwnRuns));
        Assert.Equal([false, true, true], log.Items.Select(static run => run.Own));
    }

    private static string Name() => $"g-{Guid.NewGuid():N}"[..20] + "/plan";

    private static async Task PublishAsync(
        ApiClient maker, string agent, string version, string call = ApiClient.Keywords, string price = "0.01", bool listed = true)
    {
        var body = $$"""
            { "version": "{{version}}", "title": "A plan", "summary": "A test.", "country": "DE", "listed": {{(listed ? "true" : "false")}},
              "inputSchema": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] },
              "examples": [ { "title": "One", "input": { "text": "Grid batteries." } } ], "timeoutSeconds": 60,
              "price": { "perCall": "{{price}}", "perThousandCharacters": "0", "callBudget": "0.5" },
              "plan": { "steps": [ { "id": "a", "call": "{{call}}", "input": { "text": { "$ref": "/input/text" } } } ],
                "output": { "done": true } } }
            """;
        using var answer = await maker.Http.PutAsync(
            new Uri($"agents/{agent}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), ApiClient.Stop);
        await ApiClient.ReadAsync<AgentListing>(answer, HttpStatusCode.OK);
    }

    private static async Task<TaskQuote> QuoteAsync(ApiClient user, string agent)
    {
        using var answer = await user.PostAsync("tasks/quote", $$"""{"agent":"{{agent}}","input":{"text":"Grid batteries."} }""");
        return await ApiClient.ReadAsync<TaskQuote>(answer, HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> RunAsync(ApiClient user, string agent, string more = "") =>
        user.PostAsync("tasks", $$"""{"agent":"{{agent}}"{{more}},"input":{"text":"Grid batteries."} }""");

    private static async Task<TaskDetail> EndedAsync(ApiClient user, string agent)
    {
        using var submitted = await RunAsync(user, agent);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        return await user.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60");
    }
}
