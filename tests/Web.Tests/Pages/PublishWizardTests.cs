using System.Net;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Pages;

/// <summary>The publish wizard by form posts alone, as a browser without script sends them.</summary>
public sealed class PublishWizardTests(WebNode node)
{
    private const string New = "/provider/agents/new";

    private const string Plan = """
        steps:
          - id: terms
            call: orkestron/keyword-extractor
            input:
              text: { $ref: /input/text }
        output: { $ref: /steps/terms }
        """;

    [Fact]
    public async Task Plan_ThroughAllSteps_RunsAndIsListed()
    {
        using var guest = await node.GuestAsync();
        var provider = Name();
        var schemas = await (await CardAsync(guest, provider, "plan")).PressAsync("next");
        var price = await schemas.With(("plan", Plan), ("output", "")).PressAsync("next");
        Assert.Contains("at least 0.011 tokens", price.Text, StringComparison.Ordinal);

        var test = await price.With(("callBudget", "1")).PressAsync("next");
        Assert.Contains("step=test", test.Address.Query, StringComparison.Ordinal);
        var run = await test.PressAsync();
        var task = Guid.Parse(run.Address.Query[(run.Address.Query.IndexOf("task=", StringComparison.Ordinal) + 5)..]);
        Assert.Equal("completed", (await guest.GetAsync<TaskDetail>($"tasks/{task}?wait=30")).State);
        var again = await PageForm.GetAsync(guest, node.Address, run.Address.PathAndQuery);

        Assert.Contains("It works", again.Text, StringComparison.Ordinal);
        Assert.NotNull(again.Document.QuerySelector($"main a[href='/tasks/{task}']"));
        using var other = await node.GuestAsync();
        using var hidden = await other.Http.GetAsync(new Uri($"agents/{provider}/echo", UriKind.Relative), ApiClient.Stop);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        var launched = await (await PageForm.GetAsync(guest, node.Address, Step(provider, "1.0.0", "publish"))).PressAsync();
        Assert.Equal($"/provider/{provider}/echo", launched.Address.AbsolutePath);
        var listed = await other.GetAsync<AgentListing>($"agents/{provider}/echo");
        Assert.Equal(("Echo", "1.0.0", new Tokens(10_000)), (listed.Title, listed.Version, listed.Price.PerCall));
        var own = await PageForm.GetAsync(guest, node.Address, "/provider");
        Assert.NotNull(own.Document.QuerySelector($"main a[href='/provider/{provider}/echo']"));
    }

    [Fact]
    public async Task Plan_AsTheWizardFillsItIn_RunsAndTellsWhatItsCallsCost()
    {
        using var guest = await node.GuestAsync();
        var schemas = await (await CardAsync(guest, Name(), "plan")).PressAsync("next");
        var price = await schemas.PressAsync("next");
        var calls = decimal.Parse(price["callBudget"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(calls > 0, "What its calls cost is put on hold.");
        Assert.Contains("User pays, at most", price.Text, StringComparison.Ordinal);
        Assert.Contains((0.01m + calls).ToString(System.Globalization.CultureInfo.InvariantCulture), price.Text, StringComparison.Ordinal);

        var test = await price.PressAsync("next");
        var untested = await PageForm.GetAsync(
            guest, node.Address, test.Address.PathAndQuery.Replace("step=test", "step=publish", StringComparison.Ordinal));
        Assert.DoesNotContain("Test run", Done(untested));
        var run = await test.PressAsync();
        var task = Guid.Parse(run.Address.Query[(run.Address.Query.IndexOf("task=", StringComparison.Ordinal) + 5)..]);
        Assert.Equal("completed", (await guest.GetAsync<TaskDetail>($"tasks/{task}?wait=30")).State);

        var tested = await PageForm.GetAsync(
            guest, node.Address, run.Address.PathAndQuery.Replace("step=test", "step=publish", StringComparison.Ordinal));
        Assert.Contains("Test run", Done(tested));

        static IEnumerable<string> Done(PageForm page) =>
            page.Document.QuerySelectorAll("ol.trail li.done > span:first-child").Select(static each => each.TextContent);
    }

    [Fact]
    public async Task ProcessAgent_ServedAsTheWizardShows_CompletesItsTestRun()
    {
        using var guest = await node.GuestAsync();
        var provider = Name();
        var price = await (await (await CardAsync(guest, provider, "process")).PressAsync("next")).PressAsync("next");
        var test = await price.PressAsync("next");
        Assert.Contains("No process serves this version yet", test.Text, StringComparison.Ordinal);
        Assert.Contains($"Provider = \"{provider}\"", test.Text, StringComparison.Ordinal);
        var key = await guest.CreateKeyAsync("publish");

        await using var running = await OrkestronProvider.Create()
            .UseAddress(node.Address).UseApiKey(key.Key).AddAgent(new Echo(await ListedAsync(guest, provider))).StartAsync(ApiClient.Stop);
        await Polling.UntilAsync("the page sees the process", TimeSpan.FromSeconds(20), async _ =>
            (await PageForm.GetAsync(guest, node.Address, test.Address.PathAndQuery)).Text.Contains(
                "A process is connected and serves this version", StringComparison.Ordinal));
        var run = await test.PressAsync();
        var task = Guid.Parse(run.Address.Query[(run.Address.Query.IndexOf("task=", StringComparison.Ordinal) + 5)..]);

        Assert.Equal("completed", (await guest.GetAsync<TaskDetail>($"tasks/{task}?wait=30")).State);
        Assert.Single((await guest.GetAsync<Contracts.Common.ListOf<PublishedVersion>>($"agents/{provider}/echo/versions")).Items);
    }

    [Fact]
    public async Task NewVersion_TriedGivenAShareMadeCurrentAndTakenBack_IsWhatNewTasksGet()
    {
        using var guest = await node.GuestAsync();
        var provider = Name();
        var price = await (await (await CardAsync(guest, provider, "plan")).PressAsync("next"))
            .With(("plan", Plan), ("output", ""))
            .PressAsync("next");
        await price.With(("callBudget", "1")).PressAsync("next");
        await (await PageForm.GetAsync(guest, node.Address, Step(provider, "1.0.0", "publish"))).PressAsync();

        var card = await PageForm.GetAsync(guest, node.Address, $"{New}?agent={provider}/echo");
        Assert.Contains("orkestron/keyword-extractor", card["plan"], StringComparison.Ordinal);
        var test = await (await (await card.With(("title", "Echo, better")).PressAsync("next")).PressAsync("next")).PressAsync("next");
        Assert.Contains("new tasks run on 1.0.0", test.Text, StringComparison.Ordinal);
        var run = await test.PressAsync();
        var task = Guid.Parse(run.Address.Query[(run.Address.Query.IndexOf("task=", StringComparison.Ordinal) + 5)..]);
        Assert.Equal("1.0.1", (await guest.GetAsync<TaskDetail>($"tasks/{task}?wait=30")).AgentVersion);

        var launch = await PageForm.GetAsync(guest, node.Address, Step(provider, "1.0.1", "publish"));
        Assert.NotEmpty((await launch.With(("share", "80")).PressAsync("share")).ErrorAt("share"));
        var shared = await launch.With(("share", "10")).PressAsync("share");
        Assert.Contains("candidate, 10 %", shared.Text, StringComparison.Ordinal);
        var asked = await shared.PressAsync("ask");
        Assert.Equal("1.0.0", (await ListedAsync(guest, provider)).Version);
        Assert.Contains("Give all new tasks version 1.0.1?", asked.Text, StringComparison.Ordinal);
        var current = await asked.PressAsync("current");
        Assert.Equal("1.0.1", (await ListedAsync(guest, provider)).Version);
        await (await current.With(("version", "1.0.0")).PressAsync("ask")).PressAsync("current");
        Assert.Equal(("1.0.0", "Echo"), ((await ListedAsync(guest, provider)).Version, (await ListedAsync(guest, provider)).Title));
    }

    [Fact]
    public async Task Step_WithMistakes_TellsEachAtItsFieldAndKeepsAllThatWasTyped()
    {
        using var guest = await node.GuestAsync();
        var provider = Name();
        var card = await (await CardAsync(guest, provider, "plan")).With(("country", "Germany"), ("name", "Big Echo")).PressAsync("next");
        Assert.Equal(("GERMANY", "Big Echo", "Says \"what\" <it> was told."), (card["country"], card["name"], card["summary"]));
        Assert.NotEmpty(card.ErrorAt("country"));
        Assert.NotEmpty(card.ErrorAt("name"));
        Assert.Empty(card.ErrorAt("title"));

        var schemas = await card.With(("country", "DE"), ("name", "echo")).PressAsync("next");
        var input = schemas["input"];
        var broken = await schemas.With(("input", "{\n  \"type\": \"object\",,\n}"), ("example", "{ \"text\": 5 }")).PressAsync("next");
        Assert.Contains("line 2, character 20", broken.ErrorAt("input"), StringComparison.Ordinal);
        Assert.Equal("{ \"text\": 5 }", broken["example"]);
        var mended = await broken.With(("input", input), ("plan", "steps:\n  - id: a\n   call: x")).PressAsync("next");
        Assert.Contains("/text", mended.ErrorAt("example"), StringComparison.Ordinal);
        var planned = await mended.With(("example", "{ \"text\": \"x\" }")).PressAsync("next");
        Assert.Contains("Line 3", planned.ErrorAt("plan"), StringComparison.Ordinal);

        var back = await planned.PressAsync("back");
        Assert.Equal(("Says \"what\" <it> was told.", "plan"), (back["summary"], back["reach"]));
        Assert.Equal("{ \"text\": \"x\" }", (await back.PressAsync("next"))["example"]);
    }

    [Fact]
    public async Task Preview_OfTheSchema_ShowsTheFormThatPeopleGet()
    {
        using var guest = await node.GuestAsync();
        var schemas = await (await CardAsync(guest, Name(), "process")).PressAsync("next");

        var drawn = await schemas.With(("input", """
            { "type": "object", "required": ["mode"], "properties": { "mode": { "title": "Way of working", "enum": ["fast", "good"] } } }
            """), ("example", "{ \"mode\": \"good\" }")).PressAsync("preview");

        var preview = drawn.Document.QuerySelector("fieldset[disabled]")!;
        Assert.Equal("good", preview.QuerySelector("select option[selected]")?.TextContent);
        Assert.Contains("Way of working", preview.TextContent, StringComparison.Ordinal);
        Assert.Empty(drawn.Document.QuerySelectorAll("main .error"));
    }

    [Fact]
    public async Task Name_OfAnotherAccount_IsToldBeforeAnythingElse()
    {
        using var first = await node.GuestAsync();
        using var second = await node.GuestAsync();
        var provider = Name();
        await (await (await (await CardAsync(first, provider, "process")).PressAsync("next")).PressAsync("next")).PressAsync("next");

        var card = await (await CardAsync(second, provider, "process")).PressAsync("next");
        var foreign = await PageForm.GetAsync(second, node.Address, $"/provider/{provider}/echo");
        var prefilled = await PageForm.GetAsync(second, node.Address, $"{New}?agent={provider}/echo");
        var version = await PageForm.GetAsync(first, node.Address, $"{New}?agent={provider}/echo");

        Assert.Contains("another account", card.ErrorAt("provider"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, prefilled.Status));
        Assert.Equal(("1.0.1", "Echo", "DE"), (version["version"], version["title"], version["country"]));
        Assert.Contains("\"text\"", version["input"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_WithoutASession_IsAskedToSignIn()
    {
        using var visitor = node.Visitor();

        foreach (var path in new[] { "/provider", New, "/provider/acme/echo" })
        {
            Assert.Equal("/login", (await PageForm.GetAsync(visitor, node.Address, path)).Address.AbsolutePath);
        }
    }

    private static string Step(string provider, string version, string step) => $"{New}?agent={provider}/echo&version={version}&step={step}";

    private static string Name() => $"w-{Guid.NewGuid():N}"[..20];

    private async Task<PageForm> CardAsync(ApiClient client, string provider, string reach) =>
        (await PageForm.GetAsync(client, node.Address, New)).With(
            ("provider", provider), ("name", "echo"), ("title", "Echo"), ("summary", "Says \"what\" <it> was told."),
            ("skills", "echo, test"), ("country", "de"), ("reach", reach));

    private static Task<AgentListing> ListedAsync(ApiClient client, string provider) =>
        client.GetAsync<AgentListing>($"agents/{provider}/echo");

    /// <summary>An agent with the card that the wizard's program has.</summary>
    private sealed class Echo(AgentListing listed) : IAgent
    {
        public AgentCard Card { get; } = new()
        {
            Provider = listed.Provider,
            Name = listed.Name,
            Version = listed.Version,
            Title = listed.Title,
            Summary = listed.Summary,
            Skills = listed.Skills,
            InputSchema = listed.InputSchema,
            OutputSchema = listed.OutputSchema,
            Examples = listed.Examples,
            Price = new AgentPrice(listed.Price.PerCall, listed.Price.PerThousandCharacters, listed.Price.CallBudget),
            Country = listed.Country,
            MaxConcurrency = listed.MaxConcurrency,
            Timeout = TimeSpan.FromSeconds(listed.TimeoutSeconds),
            MaxInputBytes = listed.MaxInputBytes,
        };

        public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(input);
    }
}
